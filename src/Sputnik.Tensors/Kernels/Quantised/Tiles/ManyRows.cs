using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Several rows times a panel: chunk after chunk it is unpacked once and swept by tiles of four rows. Same bits as <see cref="OneRow{TCodes, TScales, TDot}"/>.</summary>
internal static unsafe class ManyRows<TCodes, TScales, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    private const int Lanes = QuantPanels.Rows;
    private const int Rows = FourRows<TCodes, TScales, TDot>.Rows;

    /// <summary>Computes the part. The rows that fill up its last tile must be there; what they hold does not matter.</summary>
    [SkipLocalsInit]
    public static void Run(in PanelPart part)
    {
        TCodes codes = TCodes.Create(new(part.Levels, part.LevelCount));
        byte* memory = stackalloc byte[UnpackedPanel<TCodes, TScales>.ChunkBytes + (Rows * Lanes * sizeof(float)) + 63];
        byte* unpacked = (byte*)(((nint)memory + 63) & ~63);
        float* y = (float*)(unpacked + UnpackedPanel<TCodes, TScales>.ChunkBytes);
        int offset = part.Offset - TDot.Bias(TCodes.Wide);
        long blockBytes = ScalePlaces<TScales>.Bytes + ((long)TScales.Runs * TCodes.Bytes);
        for (int block = 0; block < part.Blocks; block += UnpackedPanel<TCodes, TScales>.ChunkBlocks)
        {
            int blocks = Math.Min(UnpackedPanel<TCodes, TScales>.ChunkBlocks, part.Blocks - block);
            UnpackedPanel<TCodes, TScales>.Fill(codes, part.Panel + (block * blockBytes), blocks, unpacked);
            for (int row = 0; row < part.Rows; row += Rows)
            {
                Begin(part, row, goesOn: block > 0, y);
                FourRows<TCodes, TScales, TDot>.Run(unpacked, blocks, offset, new(part, row, block * TScales.Runs), y);
                End(part, row, y);
            }
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
