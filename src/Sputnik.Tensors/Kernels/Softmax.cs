namespace Sputnik.Tensors;

/// <summary>
/// softmax(logits / temperature) of one row, by the arithmetic of <see cref="Ops.LogProb"/>: what a sampler stores for a
/// token is what the trainer finds again, to the bit.
/// </summary>
public static unsafe class Softmax
{
    /// <summary>log softmax(logits / temperature)[target].</summary>
    public static float LogProb(ReadOnlySpan<float> logits, float temperature, int target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)target, (uint)logits.Length, nameof(target));
        return Totals(logits, temperature).LogProb(logits[target]);
    }

    /// <summary>softmax(logits / temperature) into <paramref name="destination"/>, which may be the logits themselves.</summary>
    public static void Probabilities(ReadOnlySpan<float> logits, float temperature, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, logits.Length, nameof(destination));
        SoftmaxTotals row = Totals(logits, temperature);
        fixed (float* x = logits)
        fixed (float* y = destination)
        {
            SoftmaxKernel.SimdScale(x, row, 1, y, logits.Length);
        }
    }

    /// <summary>−Σ p log p of the row, in nats.</summary>
    public static float Entropy(ReadOnlySpan<float> logits, float temperature) => Totals(logits, temperature).Entropy;

    private static SoftmaxTotals Totals(ReadOnlySpan<float> logits, float temperature)
    {
        ArgumentOutOfRangeException.ThrowIfZero(logits.Length, nameof(logits));
        fixed (float* x = logits)
        {
            return SoftmaxKernel.Simd(x, logits.Length, Inverse(temperature));
        }
    }

    /// <summary>1 / temperature, checked.</summary>
    internal static float Inverse(float temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return 1 / temperature;
    }
}
