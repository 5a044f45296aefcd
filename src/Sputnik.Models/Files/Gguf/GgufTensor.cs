using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A tensor of a GGUF file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Sizes, the contiguous one first.</param>
/// <param name="Format">How it is stored.</param>
/// <param name="Stored">Where it lies.</param>
public sealed record GgufTensor(string Name, IReadOnlyList<long> Dimensions, WeightFormat Format, StoredBytes Stored);
