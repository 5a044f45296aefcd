using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Blocks of a panel as many rows want them: levels in whole bytes, scales in float32, unpacked once for all rows. A block
/// is D [16], M [16], then for every run its s [parts, 16], m [parts, 16] and levels [8 groups, 16 rows, 4].
/// </summary>
internal static unsafe class UnpackedPanel<TCodes, TScales>
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

    /// <summary>Bytes of a block.</summary>
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

    /// <summary>D of 16 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> D(byte* block) => Vector512.Load((float*)block);

    /// <summary>M of 16 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> M(byte* block) => Vector512.Load((float*)(block + VectorBytes));

    /// <summary>A run of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Run(byte* block, int run) => block + HeadBytes + (run * RunBytes);

    /// <summary>s of 16 outputs for a part of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(byte* run, int part) => Vector512.Load((float*)(run + (part * VectorBytes)));

    /// <summary>m of 16 outputs for a part of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(byte* run, int part) => Vector512.Load((float*)(run + ScaleBytes + (part * VectorBytes)));

    /// <summary>Levels of a run, group after group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Levels(byte* run) => run + RunBytes - LevelBytes;

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
                FillRun(codes, panel, scales, run, Run(to, run));
            }
        }
    }

    private static void FillRun(TCodes codes, byte* packed, byte* scales, int run, byte* to)
    {
        for (int part = 0; part < TScales.Parts; part++)
        {
            ScalePlaces<TScales>.Scale(scales, run, part).Store((float*)(to + (part * VectorBytes)));
            if (TScales.HasMin)
            {
                ScalePlaces<TScales>.Min(scales, run, part).Store((float*)(to + ScaleBytes + (part * VectorBytes)));
            }
        }

        byte* levels = Levels(to);
        for (int p = 0; p < 4; p++, levels += VectorBytes)
        {
            CodePair pair = codes.Load(packed, p);
            pair.FirstTop.Store(levels);
            pair.FirstBottom.Store(levels + 32);
            pair.SecondTop.Store(levels + (4 * VectorBytes));
            pair.SecondBottom.Store(levels + (4 * VectorBytes) + 32);
        }
    }
}
