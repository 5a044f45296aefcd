using System.Text.Json;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>What a model's files say of its attention.</summary>
/// <param name="Heads">Query heads; null where they do not say.</param>
/// <param name="KvHeads">Key and value heads; null where they do not say.</param>
/// <param name="RopeScaling">How positions reach beyond the training; null = not at all.</param>
internal sealed record AttentionFacts(int? Heads, int? KvHeads, string? RopeScaling)
{
    /// <summary>Of a GGUF file.</summary>
    public static AttentionFacts Of(GgufFile file, string architecture)
    {
        GgufMetadata metadata = file.Metadata;
        string? type = metadata.TextOrNull($"{architecture}.rope.scaling.type");
        float? factor = metadata.RealOrNull($"{architecture}.rope.scaling.factor");
        int? original = metadata.WholeOrNull($"{architecture}.rope.scaling.original_context_length");
        return new(
            metadata.WholeOrNull($"{architecture}.attention.head_count"),
            metadata.WholeOrNull($"{architecture}.attention.head_count_kv"),
            file.Tensors.ContainsKey("rope_freqs.weight") ? "a factor for each frequency, as Llama 3.1" : type is null or "none" ? null : InWords(type, factor, original));
    }

    /// <summary>Of a model folder, whose configuration was read without fault.</summary>
    public static AttentionFacts Of(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ModelFolder.ConfigFile)));
        JsonElement config = document.RootElement;
        return new(Whole(config, "num_attention_heads"), Whole(config, "num_key_value_heads"), Scaling(config, "rope_scaling") ?? Scaling(config, "rope_parameters"));
    }

    private static string? Scaling(JsonElement config, string key)
    {
        if (!config.TryGetProperty(key, out JsonElement scaling) || scaling.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? type = Text(scaling, "rope_type") ?? Text(scaling, "type");
        float? factor = scaling.TryGetProperty("factor", out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetSingle() : null;
        return type is null or "default" ? null : InWords(type, factor, Whole(scaling, "original_max_position_embeddings"));
    }

    private static string InWords(string type, float? factor, int? original) =>
        FormattableString.Invariant($"{type}{(factor is float f ? $", {f:0.##} ×" : "")}{(original is int tokens ? $" {tokens} tokens" : "")}");

    private static int? Whole(JsonElement from, string key) =>
        from.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int whole) ? whole : null;

    private static string? Text(JsonElement from, string key) =>
        from.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
