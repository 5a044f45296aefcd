using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>
/// The engine's one vector width and the fixed tree by which its lanes meet. Element i of a row belongs to lane i mod 16;
/// then lanes i and i + 8 meet, i and i + 4, i and i + 2, 0 and 1.
/// </summary>
internal static unsafe class Lanes
{
    /// <summary>Lanes of a vector.</summary>
    public const int Width = 16;

    /// <summary>The first <paramref name="count"/> &lt; 16 values at x, <paramref name="fill"/> in the lanes after them.</summary>
    public static Vector512<float> Tail(float* x, int count, float fill = 0)
    {
        Vector512<float> lanes = Vector512.Create(fill);
        float* lane = (float*)&lanes;
        for (int i = 0; i < count; i++)
        {
            lane[i] = x[i];
        }

        return lanes;
    }

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    public static Vector512<float> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <summary>All bits set in the lanes from the first given to before the second, none in the others.</summary>
    public static Vector512<float> Between(int from, int to) => Vector512.AndNot(First(to), First(from));

    /// <summary>Four rows of four, <paramref name="step"/> apart, become four columns: rows <paramref name="toStep"/> apart.</summary>
    // Inlined: by itself it would begin unoptimised (1.06 for 0.16 ns a float).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint step, float* to, nint toStep)
    {
        if (!Sse.IsSupported)
        {
            for (int i = 0; i < 4 * 4; i++)
            {
                to[((i % 4) * toStep) + (i / 4)] = from[((i / 4) * step) + (i % 4)];
            }

            return;
        }

        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + step);
        Vector128<float> c = Vector128.Load(from + (2 * step)), d = Vector128.Load(from + (3 * step));
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);
        Sse.MoveLowToHigh(ab, cd).Store(to);
        Sse.MoveHighToLow(cd, ab).Store(to + toStep);
        (ab, cd) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(ab, cd).Store(to + (2 * toStep));
        Sse.MoveHighToLow(cd, ab).Store(to + (3 * toStep));
    }

    /// <summary>The sum of the lanes by the tree.</summary>
    public static float Sum(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The definition of <see cref="Sum(Vector512{float})"/>. Overwrites the lanes.</summary>
    public static float Sum(Span<float> lanes)
    {
        for (int half = Width / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }
}
