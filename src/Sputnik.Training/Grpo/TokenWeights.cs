namespace Sputnik.Training;

/// <summary>
/// The weight of one token's loss in the loss of a step, from all responses of the step: known before the first micro-batch,
/// so that micro-batching cannot change it.
/// </summary>
public static class TokenWeights
{
    /// <summary>For each response the weight of each of its tokens.</summary>
    /// <param name="lengths">Tokens of every response that is trained on.</param>
    /// <param name="aggregation">How the losses of tokens become one number.</param>
    /// <param name="maxNewTokens">The divisor of <see cref="LossAggregation.Constant"/>.</param>
    public static double[] Of(IReadOnlyList<int> lengths, LossAggregation aggregation, int maxNewTokens)
    {
        long tokens = lengths.Sum(l => (long)l);
        return [.. lengths.Select(length => aggregation switch
        {
            LossAggregation.SequenceMean => 1.0 / ((double)lengths.Count * length),
            LossAggregation.TokenMean => 1.0 / tokens,
            LossAggregation.Constant => 1.0 / ((double)lengths.Count * maxNewTokens),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Not an aggregation."),
        })];
    }
}
