using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Blocks of a panel as many rows want them: levels in whole bytes, scales in float32, unpacked once for all rows. A block
/// is D [16], M [16], then for every run its s [parts, 16], m [parts, 16] and levels [8 groups, 16 rows, 4].
/// </summary>
internal readonly unsafe struct UnpackedPanel<TCodes, TScales> : IPanel
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
{
    private const int VectorBytes = 64;
    private const int LevelBytes = 8 * VectorBytes;

    // Levels of 1,024 columns are 16 KiB, which with a tile's rows stay in a first-level cache of 32.
    private const int ChunkColumns = 1024;

    /// <summary>Blocks unpacked at a time.</summary>
    public static int ChunkBlocks => ChunkColumns / (TScales.Runs * QuantisedRows.RunValues);

    /// <summary>Bytes they take.</summary>
    public static int ChunkBytes => ChunkBlocks * BlockBytes;

    public static int BlockBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => HeadBytes + (TScales.Runs * RunBytes);
    }

    private static int HeadBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TScales.HasMin ? 2 * VectorBytes : VectorBytes;
    }

    private static int ScaleBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TScales.Parts * VectorBytes;
    }

    private static int RunBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => LevelBytes + (TScales.HasMin ? 2 * ScaleBytes : ScaleBytes);
    }

    public static bool Wide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TCodes.Wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> D(byte* block) => Vector512.Load((float*)block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> M(byte* block) => Vector512.Load((float*)(block + VectorBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(byte* block, int run, int half) =>
        Vector512.Load((float*)(Run(block, run) + (half * TScales.Parts / 2 * VectorBytes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(byte* block, int run, int half) =>
        Vector512.Load((float*)(Run(block, run) + ScaleBytes + (half * TScales.Parts / 2 * VectorBytes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Codes(byte* block, int run) => Run(block, run) + RunBytes - LevelBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Levels16 Levels(byte* codes, int half, int group)
    {
        byte* levels = codes + (((half * 4) + group) * VectorBytes);
        return new(Vector256.Load(levels), Vector256.Load(levels + (VectorBytes / 2)));
    }

    /// <summary>Unpacks blocks.</summary>
    public static void Fill(TCodes codes, byte* panel, int blocks, byte* to)
    {
        for (; blocks > 0; blocks--, to += BlockBytes)
        {
            byte* scales = panel;
            panel += ScalePlaces<TScales>.Bytes;
            ScalePlaces<TScales>.D(scales).Store((float*)to);
            if (TScales.HasMin)
            {
                ScalePlaces<TScales>.M(scales).Store((float*)(to + VectorBytes));
            }

            for (int run = 0; run < TScales.Runs; run++, panel += TCodes.Bytes)
            {
                FillRun(codes, panel, scales, run, to);
            }
        }
    }

    private static void FillRun(TCodes codes, byte* packed, byte* scales, int run, byte* block)
    {
        byte* to = Run(block, run);
        for (int part = 0; part < TScales.Parts; part++)
        {
            ScalePlaces<TScales>.Scale(scales, run, part).Store((float*)(to + (part * VectorBytes)));
            if (TScales.HasMin)
            {
                ScalePlaces<TScales>.Min(scales, run, part).Store((float*)(to + ScaleBytes + (part * VectorBytes)));
            }
        }

        byte* levels = Codes(block, run);
        for (int p = 0; p < 4; p++, levels += VectorBytes)
        {
            CodePair pair = codes.Load(packed, p);
            pair.FirstTop.Store(levels);
            pair.FirstBottom.Store(levels + 32);
            pair.SecondTop.Store(levels + (4 * VectorBytes));
            pair.SecondBottom.Store(levels + (4 * VectorBytes) + 32);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Run(byte* block, int run) => block + HeadBytes + (run * RunBytes);
}
