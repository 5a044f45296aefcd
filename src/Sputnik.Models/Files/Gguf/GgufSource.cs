using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A tensor to be written to a GGUF file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Sizes, the contiguous one first.</param>
/// <param name="Format">How it is stored.</param>
/// <param name="Write">Writes its bytes, as many as the sizes say.</param>
public sealed record GgufSource(string Name, IReadOnlyList<long> Dimensions, WeightFormat Format, Action<Stream> Write)
{
    /// <summary>Bytes it takes.</summary>
    public long Bytes => Format.RowBytes(checked((int)Dimensions[0])) * Dimensions.Skip(1).Aggregate(1L, (a, b) => a * b);
}
