using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>
/// Several rows times a panel in tiles of four rows: few read it as it lies, for many it is unpacked once, chunk after
/// chunk. Same bits as <see cref="OneRow{TCodes, TScales, TDot}"/>.
/// </summary>
internal static unsafe class ManyRows<TCodes, TScales, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    private const int Lanes = QuantPanels.Rows;
    private const int Rows = 4;
    private const int LineBytes = 64;

    // Two tiles take a panel apart twice for less than it costs to write it out and read it again.
    private const int FewRows = 2 * Rows;

    /// <summary>Computes the part. The rows that fill up its last tile must be there; what they hold does not matter.</summary>
    public static void Run(in PanelPart part)
    {
        TCodes codes = TCodes.Create(new(part.Levels, part.LevelCount));
        int offset = part.Offset - TDot.Bias(TCodes.Wide);
        if (part.Rows <= FewRows)
        {
            Few(part, codes, offset);
        }
        else
        {
            Many(part, codes, offset);
        }
    }

    private static void Few(in PanelPart part, TCodes codes, int offset)
    {
        float* y = stackalloc float[Rows * Lanes];
        for (int row = 0; row < part.Rows; row += Rows)
        {
            Begin(part, row, goesOn: false, y);
            FourRows<PackedPanel<TCodes, TScales>, TScales, TDot>.Run(new(codes), part.Panel, part.Blocks, offset, new(part, row, run: 0), y);
            End(part, row, y);
        }
    }

    [SkipLocalsInit]
    private static void Many(in PanelPart part, TCodes codes, int offset)
    {
        byte* memory = stackalloc byte[UnpackedPanel<TCodes, TScales>.ChunkBytes + (Rows * Lanes * sizeof(float)) + 63];
        byte* unpacked = (byte*)(((nint)memory + 63) & ~63);
        float* y = (float*)(unpacked + UnpackedPanel<TCodes, TScales>.ChunkBytes);
        int tiles = (part.Rows + Rows - 1) / Rows;
        for (int block = 0; block < part.Blocks; block += UnpackedPanel<TCodes, TScales>.ChunkBlocks)
        {
            int blocks = Math.Min(UnpackedPanel<TCodes, TScales>.ChunkBlocks, part.Blocks - block);
            byte* packed = part.Panel + ((long)block * PackedPanel<TCodes, TScales>.BlockBytes);
            UnpackedPanel<TCodes, TScales>.Fill(codes, packed, blocks, unpacked);
            int bytes = blocks * PackedPanel<TCodes, TScales>.BlockBytes, asked = 0;
            for (int row = 0; row < part.Rows; row += Rows)
            {
                // The next chunk, or the next panel's first, comes from memory meanwhile.
                for (int end = (int)((long)bytes * ((row / Rows) + 1) / tiles); asked < end; asked += LineBytes)
                {
                    Ask(packed + bytes + asked);
                }

                Begin(part, row, goesOn: block > 0, y);
                FourRows<UnpackedPanel<TCodes, TScales>, TScales, TDot>.Run(default, unpacked, blocks, offset, new(part, row, block * TScales.Runs), y);
                End(part, row, y);
            }
        }
    }

    // A hint; it changes no value, and behind the last panel it asks for nothing that is used.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask(byte* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }

    // A chain goes on from the stored result, exactly.
    private static void Begin(in PanelPart part, int row, bool goesOn, float* y)
    {
        for (int end = Math.Min(row + Rows, part.Rows); row < end; row++, y += Lanes)
        {
            Vector512<float>.Zero.Store(y);
            if (goesOn)
            {
                new ReadOnlySpan<float>(part.Y + (row * part.YRow), part.Outputs).CopyTo(new(y, Lanes));
            }
        }
    }

    private static void End(in PanelPart part, int row, float* y)
    {
        for (int end = Math.Min(row + Rows, part.Rows); row < end; row++, y += Lanes)
        {
            PanelResult.Store(Vector512.Load(y), part.Y + (row * part.YRow), part.Outputs);
        }
    }
}
