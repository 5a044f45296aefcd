using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>What a GGUF file's metadata says of text: its vocabulary, its template, its wishes for sampling.</summary>
internal static class GgufText
{
    /// <summary>The tokenizer.</summary>
    /// <exception cref="InvalidDataException">The vocabulary is damaged.</exception>
    /// <exception cref="NotSupportedException">It asks for a model or a pre-tokenizer that is not built.</exception>
    public static Tokenizer Tokenizer(GgufMetadata metadata)
    {
        TokenizerData data = Data(metadata);
        try
        {
            return Text.Tokenizer.From(data);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{metadata.Path}: {error.Message}", error);
        }
        catch (NotSupportedException error)
        {
            throw new NotSupportedException($"{metadata.Path}: {error.Message}", error);
        }
    }

    private static TokenizerData Data(GgufMetadata metadata) => new()
    {
        Model = metadata.Text("tokenizer.ggml.model"),
        Pre = metadata.TextOrNull("tokenizer.ggml.pre"),
        Tokens = Texts(metadata, "tokenizer.ggml.tokens") ?? throw new InvalidDataException($"{metadata.Path}: the metadata has no 'tokenizer.ggml.tokens'."),
        TokenTypes = Kinds(metadata),
        Scores = metadata.RealsOrNull("tokenizer.ggml.scores"),
        Merges = Texts(metadata, "tokenizer.ggml.merges"),
        BosId = metadata.WholeOrNull("tokenizer.ggml.bos_token_id"),
        EosId = metadata.WholeOrNull("tokenizer.ggml.eos_token_id"),
        EotId = metadata.WholeOrNull("tokenizer.ggml.eot_token_id"),
        EomId = metadata.WholeOrNull("tokenizer.ggml.eom_token_id"),
        UnknownId = metadata.WholeOrNull("tokenizer.ggml.unknown_token_id"),
        PaddingId = metadata.WholeOrNull("tokenizer.ggml.padding_token_id"),
        AddBos = metadata.BooleanOrNull("tokenizer.ggml.add_bos_token"),
        AddEos = metadata.BooleanOrNull("tokenizer.ggml.add_eos_token"),
        AddSpacePrefix = metadata.BooleanOrNull("tokenizer.ggml.add_space_prefix"),
    };

    private static Utf8Texts? Texts(GgufMetadata metadata, string key) =>
        metadata.TextsOrNull(key) is { } texts ? new(texts.Count, texts.Utf8) : null;

    private static TokenKind[]? Kinds(GgufMetadata metadata) =>
        metadata.WholesOrNull("tokenizer.ggml.token_type") is { } types ? [.. types.Select(type => (TokenKind)type)] : null;

    /// <summary>The chat template; null where there is none.</summary>
    public static JinjaTemplate? Template(GgufMetadata metadata) =>
        metadata.TextOrNull("tokenizer.chat_template") is string source ? JinjaTemplate.Parse(source) : null;

    /// <summary>Wishes for sampling; our defaults where the file has none.</summary>
    public static GenerationConfig Generation(GgufMetadata metadata)
    {
        GenerationConfig defaults = new();
        GenerationConfig wishes = defaults with
        {
            Temperature = metadata.RealOrNull("general.sampling.temp") ?? defaults.Temperature,
            TopP = metadata.RealOrNull("general.sampling.top_p"),
            TopK = metadata.WholeOrNull("general.sampling.top_k"),
            MinP = metadata.RealOrNull("general.sampling.min_p"),
            RepetitionPenalty = metadata.RealOrNull("general.sampling.penalty_repeat"),
            MaxNewTokens = 4096,
            BosTokenId = metadata.WholeOrNull("tokenizer.ggml.bos_token_id"),
            EosTokenIds = metadata.WholeOrNull("tokenizer.ggml.eos_token_id") is int end ? [end] : [],
        };
        return wishes.Checked(metadata.Path);
    }
}
