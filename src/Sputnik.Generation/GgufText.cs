using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>What a GGUF file's metadata says of text: its vocabulary, its template, its wishes for sampling.</summary>
internal static class GgufText
{
    /// <summary>The tokenizer.</summary>
    public static Tokenizer Tokenizer(GgufMetadata metadata)
    {
        GgufValue? types = metadata.Find("tokenizer.ggml.token_type"), scores = metadata.Find("tokenizer.ggml.scores");
        return Text.Tokenizer.From(new()
        {
            Model = metadata.Text("tokenizer.ggml.model"),
            Pre = metadata.TextOrNull("tokenizer.ggml.pre"),
            Tokens = metadata.Find("tokenizer.ggml.tokens")?.Strings ?? [],
            TokenTypes = types is null ? null : [.. Enumerable.Range(0, types.Count).Select(i => (TokenKind)(int)types.Whole(i).GetValueOrDefault())],
            Scores = scores is null ? null : [.. Enumerable.Range(0, scores.Count).Select(i => (float)scores.Number(i).GetValueOrDefault())],
            Merges = metadata.Find("tokenizer.ggml.merges")?.Strings,
            BosId = metadata.WholeOrNull("tokenizer.ggml.bos_token_id"),
            EosId = metadata.WholeOrNull("tokenizer.ggml.eos_token_id"),
            EotId = metadata.WholeOrNull("tokenizer.ggml.eot_token_id"),
            EomId = metadata.WholeOrNull("tokenizer.ggml.eom_token_id"),
            UnknownId = metadata.WholeOrNull("tokenizer.ggml.unknown_token_id"),
            PaddingId = metadata.WholeOrNull("tokenizer.ggml.padding_token_id"),
            AddBos = metadata.BooleanOrNull("tokenizer.ggml.add_bos_token"),
            AddEos = metadata.BooleanOrNull("tokenizer.ggml.add_eos_token"),
            AddSpacePrefix = metadata.BooleanOrNull("tokenizer.ggml.add_space_prefix"),
        });
    }

    /// <summary>The chat template; null where there is none.</summary>
    public static JinjaTemplate? Template(GgufMetadata metadata) =>
        metadata.TextOrNull("tokenizer.chat_template") is string source ? JinjaTemplate.Parse(source) : null;

    /// <summary>Wishes for sampling; our defaults where the file has none.</summary>
    public static GenerationConfig Generation(GgufMetadata metadata)
    {
        GenerationConfig defaults = new();
        return defaults with
        {
            Temperature = metadata.RealOrNull("general.sampling.temp") ?? defaults.Temperature,
            MaxNewTokens = 4096,
            BosTokenId = metadata.WholeOrNull("tokenizer.ggml.bos_token_id"),
            EosTokenId = metadata.WholeOrNull("tokenizer.ggml.eos_token_id"),
        };
    }
}
