using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Where a block's scales stand in a panel, and how they are read: <see cref="IScales"/>.</summary>
internal static unsafe class ScalePlaces<TScales>
    where TScales : struct, IScales
{
    // 2^112: the biases of binary16 and binary32 are 15 and 127.
    private const float TwoTo112 = 5192296858534827628530496329220096f;

    /// <summary>Bytes of the scales of 16 rows of a block.</summary>
    public static int Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fixed + (TScales.Runs * RunBytes);
    }

    private static int Fixed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TScales.HasMin ? 64 : 32;
    }

    private static int RunBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TScales.Parts * (TScales.HasMin ? 32 : 16);
    }

    /// <summary>D of 16 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> D(byte* scales) => TScales.Brain ? Brain(scales) : Half(scales);

    /// <summary>M of 16 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> M(byte* scales) => Half(scales + 32);

    /// <summary>s of 16 rows for a part of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(byte* scales, int run, int part) => Signed(ScaleOf(scales, run, part));

    /// <summary>m of 16 rows for a part of a run; at most 63, so that signed bytes do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(byte* scales, int run, int part) => Signed(MinOf(scales, run, part));

    /// <summary>Puts a row's scales in place.</summary>
    public static void Store(BlockParts* parts, int row, byte* scales)
    {
        ((ushort*)scales)[row] = parts->D;
        if (TScales.HasMin)
        {
            ((ushort*)(scales + 32))[row] = parts->M;
        }

        for (int i = 0; i < TScales.Runs * TScales.Parts; i++)
        {
            int run = i / Math.Max(1, TScales.Parts), part = i % Math.Max(1, TScales.Parts);
            ScaleOf(scales, run, part)[row] = (byte)parts->Scales[i];
            if (TScales.HasMin)
            {
                MinOf(scales, run, part)[row] = parts->Mins[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ScaleOf(byte* scales, int run, int part) => scales + Fixed + (run * RunBytes) + (part * 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* MinOf(byte* scales, int run, int part) => ScaleOf(scales, run, part) + (TScales.Parts * 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Signed(byte* bytes) => Vector512.ConvertToSingle(Widening.Bytes(bytes));

    // Exponent and mantissa moved to binary32's fields, sign too; the product with 2^112 is exact, subnormals included.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Half(byte* halves)
    {
        Vector512<int> bits = Vector512.ShiftLeft(Widening.Words(halves), 13) & Vector512.Create(unchecked((int)0x8FFFE000));
        return bits.AsSingle() * TwoTo112;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Brain(byte* halves) => Vector512.ShiftLeft(Widening.Words(halves), 16).AsSingle();
}
