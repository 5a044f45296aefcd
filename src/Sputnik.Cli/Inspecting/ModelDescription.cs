using System.Security.Cryptography;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>What <c>inspect</c> says of a model.</summary>
internal sealed record ModelDescription
{
    public required string Family { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Parameters a token meets.</summary>
    public required long Active { get; init; }

    public required int Layers { get; init; }

    /// <summary>Layers that are mixtures of experts.</summary>
    public required int RoutedLayers { get; init; }

    /// <summary>Columns of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    public required int MaxLength { get; init; }

    public required int VocabularySize { get; init; }

    public required int CacheHeads { get; init; }

    public required int KeyColumns { get; init; }

    public required int ValueColumns { get; init; }

    public required long CacheBytesPerToken { get; init; }

    /// <summary>Tokens that memory is planned for.</summary>
    public required int Context { get; init; }

    public required MemoryPlan Memory { get; init; }

    public required AttentionFacts Attention { get; init; }

    /// <summary>What is stored in each format.</summary>
    public required IReadOnlyDictionary<string, FormatShare> Formats { get; init; }

    /// <summary>Which chat template the folder has; null = none.</summary>
    public required string? Template { get; init; }

    /// <summary>SHA-256 over names, shapes and values of all weights.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>SHA-256 of the weights file, as sha256sum prints it; null where the weights lie in several.</summary>
    public required string? FileSha256 { get; init; }

    /// <summary>Every tensor in the order of the file; null where it was not asked for.</summary>
    public IReadOnlyList<TensorDescription>? Tensors { get; init; }

    public static ModelDescription Of(LoadedModel loaded, string folder, int? context, bool tensors)
    {
        ILanguageModel model = loaded.Model;
        KvShape kv = model.KvShape;
        int planned = context ?? Math.Min(model.MaxLength, CommonOptions.DefaultContext);
        string weights = Path.Combine(folder, ModelFolder.WeightsFile);
        return new()
        {
            Family = model.Architecture,
            Parameters = model.Parameters,
            Active = model.ActiveParameters,
            Layers = kv.Layers,
            RoutedLayers = model.Routers.Count,
            HiddenSize = model.Head.In,
            MaxLength = model.MaxLength,
            VocabularySize = model.VocabularySize,
            CacheHeads = kv.Heads,
            KeyColumns = kv.KeyCols,
            ValueColumns = kv.ValueCols,
            CacheBytesPerToken = kv.PageBytes / KvCache.PageKeys,
            Context = planned,
            Memory = MemoryPlan.Of(model, planned),
            Attention = AttentionFacts.Of(folder),
            Formats = FormatShare.Of(model.Weights.Select(w => (w.Format, w.Count, w.Out * w.Format.RowBytes(w.In)))),
            Template = TemplateFamily.OfFolder(folder),
            WeightsSha256 = WeightHash.Of(model),
            FileSha256 = File.Exists(weights) ? HashOf(weights) : null,
            Tensors = tensors ? [.. model.Declarations.Select(d => new TensorDescription(d.Name, d.FileShape, d.Role, d.Count))] : null,
        };
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

/// <summary>One tensor of a model.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="Shape">Shape in the file.</param>
/// <param name="Role">What it does.</param>
/// <param name="Values">How many values it has.</param>
internal sealed record TensorDescription(string Name, IReadOnlyList<long> Shape, WeightRole Role, long Values);
