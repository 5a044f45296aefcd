namespace Sputnik.Models;

/// <summary>What was written.</summary>
/// <param name="Files">The files, the first to be opened.</param>
/// <param name="Type">The type.</param>
/// <param name="BytesBefore">Bytes of the tensors before.</param>
/// <param name="Tensors">Every tensor, in the order of the file.</param>
public sealed record QuantiseReport(IReadOnlyList<string> Files, string Type, long BytesBefore, IReadOnlyList<QuantisedTensor> Tensors)
{
    /// <summary>Bytes of the tensors now.</summary>
    public long BytesAfter => Tensors.Sum(tensor => tensor.Bytes);

    /// <summary>Bits a value, vectors included.</summary>
    public double BitsPerWeight => BytesAfter * 8.0 / Math.Max(1, Tensors.Sum(tensor => tensor.Values));
}
