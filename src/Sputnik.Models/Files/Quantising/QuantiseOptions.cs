using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>What a GGUF file is to be made into.</summary>
public sealed record QuantiseOptions
{
    /// <summary>The type of the file; null = every tensor as it is stored.</summary>
    public QuantisedType? Type { get; init; }

    /// <summary>Format of the head, or of an embedding that is one; null = as the type has it.</summary>
    public WeightFormat? Output { get; init; }

    /// <summary>Format of the embedding; null = as the type has it.</summary>
    public WeightFormat? TokenEmbedding { get; init; }

    /// <summary>How much an error counts in each column; null = all the same.</summary>
    public ImportanceMatrix? Importance { get; init; }

    /// <summary>Take values that were rounded before. Off, as llama.cpp has it: two roundings are worse than one.</summary>
    public bool AllowRequantise { get; init; }

    /// <summary>Write over files that are there.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Bytes of tensors in one file at most; null = one file.</summary>
    public long? MaxPartBytes { get; init; }

    /// <summary>Files to write at most, as even as whole tensors allow; null = as many as <see cref="MaxPartBytes"/> asks for.</summary>
    public int? Parts { get; init; }
}
