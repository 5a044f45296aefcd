using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>What <c>inspect</c> says of a GGUF file.</summary>
internal sealed record GgufDescription
{
    public required string Architecture { get; init; }

    public required string? Name { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Parameters a token meets.</summary>
    public required long Active { get; init; }

    public required int Layers { get; init; }

    public required AttentionFacts Attention { get; init; }

    /// <summary>Files it lies in.</summary>
    public required int Parts { get; init; }

    public required int VocabularySize { get; init; }

    /// <summary>What is stored in each format.</summary>
    public required IReadOnlyDictionary<string, FormatShare> Formats { get; init; }

    public required long WeightBytes { get; init; }

    public required int? ContextLength { get; init; }

    /// <summary>Bytes of the cache for one token, in float32.</summary>
    public required long CacheBytesPerToken { get; init; }

    /// <summary>Tokens that memory is planned for.</summary>
    public required int Context { get; init; }

    public required MemoryPlan Memory { get; init; }

    public required string? Vocabulary { get; init; }

    /// <summary>Which chat template the model has; null = none.</summary>
    public required string? Template { get; init; }

    /// <summary>Every tensor: sizes and format; null where it was not asked for.</summary>
    public IReadOnlyDictionary<string, string>? Tensors { get; init; }

    public static GgufDescription Of(string path, int? context, bool tensors)
    {
        GgufFile file = GgufFile.Open(path);
        GgufMetadata metadata = file.Metadata;
        string architecture = metadata.Text("general.architecture");
        using ILanguageModel model = GgufModel.Build(file, new() { MaxLength = 1 });
        int? trained = metadata.WholeOrNull($"{architecture}.context_length");
        int planned = context ?? Math.Min(trained ?? CommonOptions.DefaultContext, CommonOptions.DefaultContext);
        return new()
        {
            Architecture = architecture,
            Name = metadata.TextOrNull("general.name"),
            Parameters = model.Parameters,
            Active = model.ActiveParameters,
            Layers = model.KvShape.Layers,
            Attention = AttentionFacts.Of(file, architecture),
            Parts = metadata.WholeOrNull("split.count") is int parts and > 1 ? parts : 1,
            VocabularySize = model.VocabularySize,
            Formats = FormatShare.Of(file.Tensors.Values.Select(t => (t.Format, Values(t), t.Stored.Length))),
            WeightBytes = file.Tensors.Values.Sum(t => t.Stored.Length),
            ContextLength = trained,
            Context = planned,
            Memory = MemoryPlan.Of(model, planned),
            CacheBytesPerToken = model.KvShape.PageBytes / KvCache.PageKeys,
            Vocabulary = metadata.TextOrNull("tokenizer.ggml.pre") ?? metadata.TextOrNull("tokenizer.ggml.model"),
            Template = metadata.TextOrNull("tokenizer.chat_template") is { } template ? TemplateFamily.Of(template) : null,
            Tensors = tensors ? file.Tensors.ToDictionary(t => t.Key, t => $"{string.Join(" × ", t.Value.Dimensions)} {t.Value.Format.Name()}") : null,
        };
    }

    private static long Values(GgufTensor tensor) => tensor.Dimensions.Aggregate(1L, (a, b) => a * b);
}
