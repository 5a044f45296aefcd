namespace Sputnik.Text;

/// <summary>A vocabulary as GGUF metadata holds it (tokenizer.ggml.*). What is null there is null here.</summary>
public sealed record TokenizerData
{
    /// <summary>"gpt2": bytes merged by <see cref="Merges"/>; "llama": characters merged by <see cref="Scores"/> (SentencePiece).</summary>
    public required string Model { get; init; }

    /// <summary>How "gpt2" cuts text into pieces (tokenizer.ggml.pre), such as "deepseek-v3"; "llama" needs none.</summary>
    public string? Pre { get; init; }

    /// <summary>The tokens by id, as written: bytes in GPT-2's alphabet, or with ▁ for a space.</summary>
    public required Utf8Texts Tokens { get; init; }

    /// <summary>What each token is; null for all normal.</summary>
    public IReadOnlyList<TokenKind>? TokenTypes { get; init; }

    /// <summary>A score for each token, the best highest ("llama").</summary>
    public IReadOnlyList<float>? Scores { get; init; }

    /// <summary>Pairs "left right", best first ("gpt2").</summary>
    public Utf8Texts? Merges { get; init; }

    /// <summary>Opens every sequence.</summary>
    public int? BosId { get; init; }

    /// <summary>Ends every sequence.</summary>
    public int? EosId { get; init; }

    /// <summary>Ends a turn.</summary>
    public int? EotId { get; init; }

    /// <summary>Ends a message that calls a tool.</summary>
    public int? EomId { get; init; }

    /// <summary>Stands for what has no token.</summary>
    public int? UnknownId { get; init; }

    /// <summary>Fills rows that are too short.</summary>
    public int? PaddingId { get; init; }

    /// <summary>Whether a prompt opens with <see cref="BosId"/>. Without it yes for "llama", "llama-bpe" and "tekken", as llama.cpp has it.</summary>
    public bool? AddBos { get; init; }

    /// <summary>Whether a prompt ends with <see cref="EosId"/>. Without it no, as llama.cpp has it.</summary>
    public bool? AddEos { get; init; }

    /// <summary>Whether "llama" writes a space before text and behind special tokens. Without it yes, as llama.cpp has it.</summary>
    public bool? AddSpacePrefix { get; init; }
}
