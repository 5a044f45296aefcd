using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The levels of <see cref="IQ4_NL"/>.</summary>
internal readonly struct Nonlinear4 : IGrid<Nonlinear4>
{
    public static ReadOnlySpan<float> Starts => [-104, -110, -116, -122, -127, -132, -138, -145, 92, 98, 104, 109, 113, 118, 124, 131];

    public static Vector512<float> Nearest(Vector512<float> x)
    {
        ReadOnlySpan<sbyte> levels = IQ4_NL.SignedLevels;
        Vector512<float> nearest = Vector512.Create((float)levels[0]);
        for (int k = 1; k < 16; k++)
        {
            nearest += Above(x, k) & Vector512.Create((float)(levels[k] - levels[k - 1]));
        }

        return nearest;
    }

    public static Vector512<int> Codes(Vector512<float> x)
    {
        Vector512<int> codes = Vector512<int>.Zero;
        for (int k = 1; k < 16; k++)
        {
            codes -= Above(x, k).AsInt32();
        }

        return codes;
    }

    // All bits set, which is −1 as a whole number, where x is nearer to level k than to the one below.
    private static Vector512<float> Above(Vector512<float> x, int k) =>
        Vector512.GreaterThan(x, Vector512.Create((IQ4_NL.SignedLevels[k - 1] + IQ4_NL.SignedLevels[k]) * 0.5f));
}
