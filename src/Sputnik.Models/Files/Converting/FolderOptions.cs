using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>How a model is written as a folder.</summary>
public sealed record FolderOptions
{
    /// <summary>F32, F16 or BF16; null = as stored, and what was rounded in float32, so that nothing changes.</summary>
    public WeightFormat? Type { get; init; }

    /// <summary>Write over the weights and files of a folder that is there; what else it holds stays.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Bytes of one safetensors file at most. 5 GB, as other software parts them.</summary>
    public long MaxPartBytes { get; init; } = 5_000_000_000;
}
