using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Several rows times a panel: chunk after chunk it is unpacked once and swept by tiles of rows. Same bits as <see cref="OneRow{TCodes, TScales, TDot}"/>.</summary>
internal static unsafe class ManyRows<TCodes, TScales, TDot>
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
    where TDot : struct, IByteDot
{
    private const int Lanes = QuantPanels.Rows;
    private const int TileFloats = DotTile<TCodes, TDot>.MaxRows * Lanes;

    /// <summary>Computes the part.</summary>
    public static void Run(in PanelPart part)
    {
        TCodes codes = TCodes.Create(new(part.Levels, part.LevelCount));
        byte* memory = stackalloc byte[UnpackedPanel<TCodes, TScales>.ChunkBytes + 63];
        byte* unpacked = (byte*)(((nint)memory + 63) & ~63);
        long blockBytes = ScalePlaces<TScales>.Bytes + ((long)TScales.Runs * TCodes.Bytes);
        for (int block = 0; block < part.Blocks; block += UnpackedPanel<TCodes, TScales>.ChunkBlocks)
        {
            int blocks = Math.Min(UnpackedPanel<TCodes, TScales>.ChunkBlocks, part.Blocks - block);
            UnpackedPanel<TCodes, TScales>.Fill(codes, part.Panel + (block * blockBytes), blocks, unpacked);
            for (int row = 0, rows; row < part.Rows; row += rows)
            {
                rows = DotTile<TCodes, TDot>.RowsFor(part.Rows - row);
                Tile(part, unpacked, block, blocks, row, rows);
            }
        }
    }

    // A chain goes on from the stored result, exactly.
    private static void Tile(in PanelPart part, byte* unpacked, int block, int blocks, int row, int rows)
    {
        float* y = stackalloc float[TileFloats];
        float* results = part.Y + (row * part.YRow);
        for (int t = 0; t < rows; t++)
        {
            Span<float> chain = new(y + (t * Lanes), Lanes);
            chain.Clear();
            if (block > 0)
            {
                new ReadOnlySpan<float>(results + (t * part.YRow), part.Outputs).CopyTo(chain);
            }
        }

        TileRows x = new(part, row, block * TScales.Runs);
        for (int i = 0; i < blocks; i++, unpacked += UnpackedPanel<TCodes, TScales>.BlockBytes)
        {
            Block(part, x, unpacked, i * TScales.Runs, rows, y);
        }

        for (int t = 0; t < rows; t++)
        {
            PanelResult.Store(Vector512.Load(y + (t * Lanes)), results + (t * part.YRow), part.Outputs);
        }
    }

    private static void Block(in PanelPart part, TileRows x, byte* block, int firstRun, int rows, float* y)
    {
        int* sums = stackalloc int[2 * TileFloats];
        float* s = stackalloc float[TileFloats];
        float* m = stackalloc float[TScales.HasMin ? TileFloats : 0];
        int offset = part.Offset - TDot.Bias(TCodes.Wide);
        for (int run = 0; run < TScales.Runs; run++)
        {
            byte* unpacked = UnpackedPanel<TCodes, TScales>.Run(block, run);
            byte* levels = UnpackedPanel<TCodes, TScales>.Levels(unpacked);
            sbyte* codes = x.Codes + ((firstRun + run) * QuantisedRows.BlockValues);
            int groups = TScales.Parts == 2 ? 4 : 8;
            DotTile<TCodes, TDot>.Run(rows, levels, groups, codes, x.Cols, sums);
            if (TScales.Parts == 2)
            {
                DotTile<TCodes, TDot>.Run(rows, levels + (4 * 64), groups, codes + 16, x.Cols, sums + TileFloats);
            }

            for (int t = 0; t < rows; t++)
            {
                Vector512<float> dx = Vector512.Create(x.Scale(t, firstRun + run));
                int* rowSums = x.Sums(t, firstRun + run);
                Gather(run, Value(unpacked, sums + (t * Lanes), rowSums, offset), dx, s + (t * Lanes));
                if (TScales.HasMin)
                {
                    Gather(run, Min(unpacked, rowSums), dx, m + (t * Lanes));
                }
            }
        }

        for (int t = 0; t < rows; t++)
        {
            float* chain = y + (t * Lanes);
            Vector512<float> sum = Vector512.FusedMultiplyAdd(UnpackedPanel<TCodes, TScales>.D(block), Vector512.Load(s + (t * Lanes)), Vector512.Load(chain));
            if (TScales.HasMin)
            {
                sum = Vector512.FusedMultiplyAdd(UnpackedPanel<TCodes, TScales>.M(block), Vector512.Load(m + (t * Lanes)), sum);
            }

            sum.Store(chain);
        }
    }

    private static void Gather(int run, Vector512<float> value, Vector512<float> dx, float* chain)
    {
        Vector512<float> start = run == 0 ? Vector512<float>.Zero : Vector512.Load(chain);
        Vector512.FusedMultiplyAdd(value, dx, start).Store(chain);
    }

    private static Vector512<float> Value(byte* run, int* sums, int* rowSums, int offset)
    {
        if (TScales.Parts < 2)
        {
            Vector512<float> sum = Vector512.ConvertToSingle(Vector512.Load(sums) - Vector512.Create(offset * (rowSums[0] + rowSums[1])));
            return TScales.Parts == 0 ? sum : sum * UnpackedPanel<TCodes, TScales>.Scale(run, 0);
        }

        Vector512<float> first = Vector512.ConvertToSingle(Vector512.Load(sums) - Vector512.Create(offset * rowSums[0]));
        Vector512<float> second = Vector512.ConvertToSingle(Vector512.Load(sums + TileFloats) - Vector512.Create(offset * rowSums[1]));
        return Vector512.FusedMultiplyAdd(
            second, UnpackedPanel<TCodes, TScales>.Scale(run, 1), first * UnpackedPanel<TCodes, TScales>.Scale(run, 0));
    }

    private static Vector512<float> Min(byte* run, int* rowSums)
    {
        if (TScales.Parts == 0)
        {
            return Vector512.Create((float)(rowSums[0] + rowSums[1]));
        }

        if (TScales.Parts == 1)
        {
            return UnpackedPanel<TCodes, TScales>.Min(run, 0) * (float)(rowSums[0] + rowSums[1]);
        }

        Vector512<float> first = UnpackedPanel<TCodes, TScales>.Min(run, 0) * (float)rowSums[0];
        return Vector512.FusedMultiplyAdd(UnpackedPanel<TCodes, TScales>.Min(run, 1), Vector512.Create((float)rowSums[1]), first);
    }
}
