using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A tensor before and after.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">How many values it has.</param>
/// <param name="From">How it was stored.</param>
/// <param name="To">How it is stored now.</param>
/// <param name="Bytes">Bytes it takes now.</param>
/// <param name="Weighted">Whether an importance said how much its errors count.</param>
public sealed record QuantisedTensor(string Name, long Values, WeightFormat From, WeightFormat To, long Bytes, bool Weighted);
