using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A tensor of a model folder.</summary>
/// <param name="Path">The file it lies in.</param>
/// <param name="Entry">What the header says of it.</param>
/// <param name="Stored">Where it lies.</param>
internal sealed record FolderTensor(string Path, SafetensorsEntry Entry, StoredBytes Stored)
{
    /// <summary>Where it is, for messages.</summary>
    public string Place => $"{Path}: '{Entry.Name}' at offset {Entry.Offset}";

    /// <summary>The format of a weight with no more than its own bytes; null where there is none.</summary>
    public WeightFormat? Format => Entry.Type switch
    {
        "F32" => WeightFormat.F32,
        "F16" => WeightFormat.F16,
        "BF16" => WeightFormat.BF16,
        _ => null,
    };

    /// <summary>Its values as a weight of these sizes.</summary>
    public Weight Weight(int @out, int @in) => Sputnik.Tensors.Weight.Frozen(
        Entry.Name,
        @out,
        @in,
        Format ?? throw new NotSupportedException($"{Place} has the type {Entry.Type}; F32, F16, BF16 and F8_E4M3 can be read."),
        Stored);
}
