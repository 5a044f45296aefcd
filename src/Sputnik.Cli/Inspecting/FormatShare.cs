using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>What of a model is stored in one format.</summary>
/// <param name="Tensors">Tensors.</param>
/// <param name="Values">Their values.</param>
/// <param name="Bytes">Their bytes.</param>
internal sealed record FormatShare(int Tensors, long Values, long Bytes)
{
    /// <summary>The shares by the formats' names, the largest first.</summary>
    public static IReadOnlyDictionary<string, FormatShare> Of(IEnumerable<(WeightFormat Format, long Values, long Bytes)> tensors) => tensors
        .GroupBy(t => t.Format)
        .Select(g => (Name: g.Key.Name(), Share: new FormatShare(g.Count(), g.Sum(t => t.Values), g.Sum(t => t.Bytes))))
        .OrderByDescending(s => s.Share.Bytes)
        .ToDictionary(s => s.Name, s => s.Share);
}
