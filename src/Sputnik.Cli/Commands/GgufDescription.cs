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

    /// <summary>Values in each format.</summary>
    public required IReadOnlyDictionary<string, long> Formats { get; init; }

    public required long WeightBytes { get; init; }

    public required int? ContextLength { get; init; }

    /// <summary>Bytes of the cache for one token, in float32.</summary>
    public required long CacheBytesPerToken { get; init; }

    /// <summary>Tokens that memory is planned for.</summary>
    public required int Context { get; init; }

    public required MemoryPlan Memory { get; init; }

    public required string? Vocabulary { get; init; }

    public required bool HasTemplate { get; init; }

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
            Formats = file.Tensors.Values.GroupBy(t => t.Format).OrderByDescending(Values).ToDictionary(g => g.Key.Name(), Values),
            WeightBytes = file.Tensors.Values.Sum(t => t.Stored.Length),
            ContextLength = trained,
            Context = planned,
            Memory = MemoryPlan.Of(model, planned),
            CacheBytesPerToken = model.KvShape.PageBytes / KvCache.PageKeys,
            Vocabulary = metadata.TextOrNull("tokenizer.ggml.pre") ?? metadata.TextOrNull("tokenizer.ggml.model"),
            HasTemplate = metadata.Find("tokenizer.chat_template") is not null,
            Tensors = tensors ? file.Tensors.ToDictionary(t => t.Key, t => $"{string.Join(" × ", t.Value.Dimensions)} {t.Value.Format.Name()}") : null,
        };
    }

    private static long Values(IEnumerable<GgufTensor> tensors) => tensors.Sum(t => t.Dimensions.Aggregate(1L, (a, b) => a * b));
}
