namespace Sputnik.Tensors;

/// <summary>
/// The sequence-wise balance loss α Σᵢ fᵢ Pᵢ of one sequence of T rows: fᵢ = experts / (k T) · rows that chose i,
/// Pᵢ = 1/T Σₜ s'ᵢₜ, s'ᵢₜ = sᵢₜ / Σⱼ sⱼₜ. Source: DeepSeek-V3 §2.1.2, eq. 17-20. Sums in double, rows ascending.
/// </summary>
internal static unsafe class BalanceKernel
{
    /// <summary>The loss of rows first … first + rows − 1.</summary>
    /// <param name="routing">Affinities and choices.</param>
    /// <param name="first">First row of the sequence.</param>
    /// <param name="rows">T.</param>
    /// <param name="alpha">Factor on the loss.</param>
    /// <param name="ds">Where its gradient by the affinities goes [rows of the batch, experts]; null if not wanted.</param>
    public static double Sequence(Routing routing, int first, int rows, double alpha, float* ds)
    {
        int experts = routing.Affinities.Cols;
        int topK = routing.Weights.Cols;
        double* share = stackalloc double[experts];
        double* mean = stackalloc double[experts];
        new Span<double>(share, experts).Clear();
        new Span<double>(mean, experts).Clear();
        for (int row = first; row < first + rows; row++)
        {
            float* s = routing.Affinities.RowAt(row);
            double sum = Sum(s, experts);
            for (int i = 0; i < experts; i++)
            {
                mean[i] += s[i] / sum;
            }

            foreach (int chosen in routing.Experts(row))
            {
                share[chosen]++;
            }
        }

        double loss = 0;
        for (int i = 0; i < experts; i++)
        {
            share[i] *= (double)experts / ((double)topK * rows);
            mean[i] /= rows;
            loss += share[i] * mean[i];
        }

        for (int row = first; ds != null && row < first + rows; row++)
        {
            Gradient(routing.Affinities.RowAt(row), share, experts, alpha / rows, ds + ((long)row * experts));
        }

        return alpha * loss;
    }

    /// <summary>dsᵢ = factor · (fᵢ − Σⱼ fⱼ s'ⱼ) / Σⱼ sⱼ: the choice counts are constants.</summary>
    private static void Gradient(float* s, double* share, int experts, double factor, float* ds)
    {
        double sum = Sum(s, experts);
        double mean = 0;
        for (int i = 0; i < experts; i++)
        {
            mean += share[i] * s[i];
        }

        for (int i = 0; i < experts; i++)
        {
            ds[i] = (float)(factor * (share[i] - (mean / sum)) / sum);
        }
    }

    // The least float keeps 0 / 0 out where every affinity has underflowed.
    private static double Sum(float* s, int experts)
    {
        double sum = float.Epsilon;
        for (int i = 0; i < experts; i++)
        {
            sum += s[i];
        }

        return sum;
    }
}
