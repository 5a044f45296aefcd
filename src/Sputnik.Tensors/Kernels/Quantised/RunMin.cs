using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Σ m · q over a run of 32 columns: an integer below 2^24, exact in float32.</summary>
internal static unsafe class RunMin<TScales>
    where TScales : struct, IScales
{
    /// <summary>For 16 outputs, of a row with these sums of 16 columns each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(byte* scales, int run, int* sums)
    {
        if (TScales.Parts == 0)
        {
            return Vector512.Create((float)(sums[0] + sums[1]));
        }

        if (TScales.Parts == 1)
        {
            return ScalePlaces<TScales>.Min(scales, run, 0) * (float)(sums[0] + sums[1]);
        }

        Vector512<float> first = ScalePlaces<TScales>.Min(scales, run, 0) * (float)sums[0];
        return Vector512.FusedMultiplyAdd(ScalePlaces<TScales>.Min(scales, run, 1), Vector512.Create((float)sums[1]), first);
    }
}
