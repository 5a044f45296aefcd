using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// The partial softmax of one page: eⱼ = exp(scale · dotⱼ − m), m the largest of the scores, l = Σ eⱼ as sixteen lane sums
/// (j mod 16, ascending) added by halves; and the rescaling that joins two partial sums.
/// </summary>
internal static unsafe class AttentionSoftmax
{
    /// <summary>The definition, in place over dots <paramref name="first"/> to <paramref name="n"/>. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static AttentionSum Scalar(float* dots, int n, float scale, int first = 0)
    {
        float max = float.NegativeInfinity;
        for (int j = first; j < n; j++)
        {
            dots[j] *= scale;
            max = MathF.Max(max, dots[j]);
        }

        float* lanes = stackalloc float[Lanes.Width];
        new Span<float>(lanes, Lanes.Width).Clear();
        for (int j = first; j < n; j++)
        {
            dots[j] = Elementary.Exp(dots[j] - max);
            lanes[j % 16] += dots[j];
        }

        return new(max, Lanes.Sum(new Span<float>(lanes, Lanes.Width)));
    }

    /// <summary>The same; other dots of the vectors at both ends are read, ignored and set to 0.</summary>
    public static AttentionSum Simd(float* dots, int n, float scale, int first = 0)
    {
        int start = first & ~15;
        Vector512<float> max = Vector512.Create(float.NegativeInfinity);
        for (int j = start; j < n; j += 16)
        {
            Vector512<float> score = Vector512.Load(dots + j) * scale;
            // Beyond the row's own position lie keys of others or of nobody: anything, NaN included.
            score = Vector512.ConditionalSelect(Lanes.Between(first - j, n - j), score, Vector512.Create(float.NegativeInfinity));
            score.Store(dots + j);
            max = Vector512.MaxNative(max, score);
        }

        float m = Max(max);
        Vector512<float> sum = Vector512<float>.Zero;
        for (int j = start; j < n; j += 16)
        {
            Vector512<float> e = Elementary.Exp(Vector512.Load(dots + j) - Vector512.Create(m));
            e = Vector512.ConditionalSelect(Lanes.Between(first - j, n - j), e, Vector512<float>.Zero);
            e.Store(dots + j);
            sum += e;
        }

        return new(m, Lanes.Sum(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector512<float> x)
    {
        Vector256<float> eight = Vector256.MaxNative(x.GetLower(), x.GetUpper());
        Vector128<float> four = Vector128.MaxNative(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[2]), MathF.Max(four[1], four[3]));
    }
}
