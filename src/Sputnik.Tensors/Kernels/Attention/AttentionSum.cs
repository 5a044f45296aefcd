namespace Sputnik.Tensors;

/// <summary>A partial softmax: exponentials taken less <paramref name="Max"/> add up to <paramref name="Sum"/>.</summary>
internal readonly record struct AttentionSum(float Max, float Sum)
{
    /// <summary>Both sums over one maximum, and the factors by which what was weighted by each must shrink.</summary>
    public AttentionSum Join(AttentionSum next, out float keep, out float take)
    {
        float max = MathF.Max(Max, next.Max);
        keep = Elementary.Exp(Max - max);
        take = Elementary.Exp(next.Max - max);
        return new(max, MathF.FusedMultiplyAdd(Sum, keep, next.Sum * take));
    }
}
