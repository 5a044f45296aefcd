namespace Sputnik.Tensors;

/// <summary>What optimizers do to weights, at full speed. Work is split over values and weights, so threads change no bit.</summary>
public static unsafe class WeightUpdate
{
    // 64 KiB of each of the four arrays: worth a hand-over, small enough to share a mid-sized table.
    private const int ChunkValues = 16_384;

    /// <summary>
    /// Σ g² over the gradients of <paramref name="weights"/> in double: each weight by itself in fixed order, then the weights
    /// in the order given.
    /// </summary>
    public static double GradientSquareSum(Workers workers, IReadOnlyList<Weight> weights)
    {
        nint* gradients = stackalloc nint[weights.Count];
        long* counts = stackalloc long[weights.Count];
        double* sums = stackalloc double[weights.Count];
        for (int i = 0; i < weights.Count; i++)
        {
            (gradients[i], counts[i]) = ((nint)weights[i].GradData, weights[i].Trainable ? weights[i].Count : 0);
        }

        SquareSumJob job = new(gradients, counts, sums);
        workers.Run(ref job, weights.Count);
        double sum = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            sum += sums[i];
        }

        return sum;
    }

    /// <summary>
    /// g′ = g · scale; m = β₁ m + (1 − β₁) g′; v = β₂ v + (1 − β₂) g′²; w = keep · w − stepSize · m / (√v · rootCorrection + ε).
    /// </summary>
    public static void AdamW(Workers workers, Weight weight, Weight mean, Weight square, in AdamWFactors factors)
    {
        if (!weight.Trainable)
        {
            throw new InvalidOperationException($"'{weight.Name}' has no gradient to step along: Train() it first.");
        }

        if (mean.Count != weight.Count || square.Count != weight.Count)
        {
            throw new ArgumentException($"'{weight.Name}' has {weight.Count} values, its moments {mean.Count} and {square.Count}.", nameof(mean));
        }

        AdamWJob job = new(weight.Data, mean.Data, square.Data, weight.GradData, weight.Count, factors);
        workers.Run(ref job, (int)((weight.Count + ChunkValues - 1) / ChunkValues));
        weight.Touch();
    }

    private readonly struct SquareSumJob(nint* gradients, long* counts, double* sums) : IJob
    {
        public void Run(int index) => sums[index] = SquareSumKernel.Simd((float*)gradients[index], counts[index]);
    }

    private readonly struct AdamWJob(float* w, float* m, float* v, float* g, long count, AdamWFactors factors) : IJob
    {
        public void Run(int index)
        {
            long from = (long)index * ChunkValues;
            AdamWKernel.Simd(w + from, m + from, v + from, g + from, (int)Math.Min(ChunkValues, count - from), factors);
        }
    }
}
