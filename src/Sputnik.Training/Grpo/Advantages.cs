namespace Sputnik.Training;

/// <summary>
/// How much better a response is than its companions: A = (r − mean of the group) / (deviation + ε), or without the division.
/// Sums run in double in the order of the rewards.
/// </summary>
public static class Advantages
{
    /// <summary>The advantage of every response, group by group. A group of equal rewards has advantages of 0 exactly.</summary>
    public static float[][] Of(IReadOnlyList<float[]> groups, GrpoConfig config)
    {
        double batch = config.Advantage == AdvantageNormalisation.BatchStd
            ? Deviation([.. groups.SelectMany(g => g)], config.DegreesOfFreedomLost)
            : 0;
        return [.. groups.Select(g => Of(g, batch, config))];
    }

    /// <summary>Whether all rewards are equal, so that nothing can be learned from the group.</summary>
    public static bool IsZeroVariance(ReadOnlySpan<float> rewards) => !rewards.ContainsAnyExcept(rewards[0]);

    private static float[] Of(float[] rewards, double batchDeviation, GrpoConfig config)
    {
        if (IsZeroVariance(rewards))
        {
            return new float[rewards.Length];
        }

        double mean = Mean(rewards);
        double divisor = config.Advantage switch
        {
            AdvantageNormalisation.GroupStd => Deviation(rewards, config.DegreesOfFreedomLost) + config.AdvantageEpsilon,
            AdvantageNormalisation.BatchStd => batchDeviation + config.AdvantageEpsilon,
            _ => 1,
        };
        return [.. rewards.Select(r => (float)((r - mean) / divisor))];
    }

    private static double Mean(float[] rewards)
    {
        double sum = 0;
        foreach (float reward in rewards)
        {
            sum += reward;
        }

        return sum / rewards.Length;
    }

    private static double Deviation(float[] rewards, int lost)
    {
        double mean = Mean(rewards), sum = 0;
        foreach (float reward in rewards)
        {
            sum += (reward - mean) * (reward - mean);
        }

        return Math.Sqrt(sum / Math.Max(1, rewards.Length - lost));
    }
}
