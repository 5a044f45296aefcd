namespace Sputnik.Models;

/// <summary>How many parameters a configuration has, counted from its declarations; nothing is allocated.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Active">Those a token meets: everything but the routed experts it is not sent to. The input embedding counts whole.</param>
/// <param name="Embedding">The input embedding.</param>
/// <param name="RoutedExperts">All routed experts of all layers.</param>
public sealed record ModelSize(long Total, long Active, long Embedding, long RoutedExperts)
{
    /// <summary>Size of a DeepSeek-V3 shape.</summary>
    public static ModelSize Of(DeepSeekV3Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Sum(DeepSeekV3Weights.Declare(config.Validate()), config.ExpertsPerToken, config.RoutedExperts);
    }

    /// <summary>Size of a decoder with grouped-query attention.</summary>
    public static ModelSize Of(IGroupedConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        GroupedShape shape = config.Shape();
        return Sum(GroupedWeights.Declare(shape), shape.Mixture?.Routing.TopK ?? 1, shape.Mixture?.Experts ?? 1);
    }

    // All experts of a model have one size, so the division is exact.
    private static ModelSize Sum(IReadOnlyList<WeightDeclaration> declarations, int met, int of)
    {
        long total = declarations.Sum(d => d.Count);
        long routed = declarations.Where(d => d.Routed).Sum(d => d.Count);
        long embedding = declarations.Where(d => d.Role == WeightRole.Embedding).Sum(d => d.Count);
        return new(total, total - routed + (routed == 0 ? 0 : routed / of * met), embedding, routed);
    }
}
