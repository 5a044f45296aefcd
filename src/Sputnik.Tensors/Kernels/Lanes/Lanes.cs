using System.Runtime.Intrinsics;

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
