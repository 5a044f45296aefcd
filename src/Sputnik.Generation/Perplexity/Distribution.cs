using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Generation;

/// <summary>softmax of one row of logits, in double and in one order of summation: log p(i) = logits[i] − <see cref="LogTotal"/>.</summary>
/// <param name="LogTotal">ln Σ exp(logits).</param>
/// <param name="Top">The most likely token; of equals the first.</param>
internal readonly record struct Distribution(double LogTotal, int Top)
{
    private const int Lanes = 4;

    /// <summary>The distribution of logits.</summary>
    /// <exception cref="InvalidDataException">A logit is not finite.</exception>
    public static Distribution Of(ReadOnlySpan<float> logits)
    {
        int top = 0;
        float max = logits[0], least = logits[0];
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > max)
            {
                (max, top) = (logits[i], i);
            }

            // NaN passes every comparison by; a sum keeps it.
            least = Math.Min(least, logits[i]);
        }

        if (!float.IsFinite(max) || !float.IsFinite(least))
        {
            throw new InvalidDataException($"The model's logits are not finite: between {least} and {max}. Its weights are damaged, or too large for float32.");
        }

        Vector256<double> sum = Vector256<double>.Zero, shift = Vector256.Create((double)max);
        int whole = logits.Length / Lanes * Lanes;
        for (int i = 0; i < whole; i += Lanes)
        {
            sum += Precise.Exp(Load(logits, i) - shift);
        }

        double total = Total(sum);
        for (int i = whole; i < logits.Length; i++)
        {
            total += Precise.Exp(logits[i] - (double)max);
        }

        return new(max + Precise.Log(total), top);
    }

    /// <summary>Σ p · (ln p − ln q), p being this one: 0 exactly for the same logits.</summary>
    public double Divergence(ReadOnlySpan<float> logits, Distribution other, ReadOnlySpan<float> otherLogits)
    {
        Vector256<double> sum = Vector256<double>.Zero, shift = Vector256.Create(LogTotal), otherShift = Vector256.Create(other.LogTotal);
        int whole = logits.Length / Lanes * Lanes;
        for (int i = 0; i < whole; i += Lanes)
        {
            Vector256<double> p = Load(logits, i) - shift, q = Load(otherLogits, i) - otherShift;
            sum += Precise.Exp(Vector256.Min(p, Vector256<double>.Zero)) * (p - q);
        }

        double total = Total(sum);
        for (int i = whole; i < logits.Length; i++)
        {
            double p = logits[i] - LogTotal, q = otherLogits[i] - other.LogTotal;
            total += Precise.Exp(Math.Min(p, 0)) * (p - q);
        }

        return total;
    }

    private static Vector256<double> Load(ReadOnlySpan<float> values, int at)
    {
        Vector128<float> four = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(four);
        return Vector256.Create(low, high);
    }

    private static double Total(Vector256<double> v) => v[0] + v[1] + (v[2] + v[3]);
}
