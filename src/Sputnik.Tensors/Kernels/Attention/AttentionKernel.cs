using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>
/// y = Σⱼ softmax(scale · q·kⱼ) vⱼ over the row's own position and those before it that its window holds. Page by page: partial softmax (<see cref="AttentionSoftmax"/>),
/// o = Σ eⱼ vⱼ as one chain of ascending positions, joined in page order; so a row's bits depend on its sequence only.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>The definition, one row and head. Tests hold <see cref="Attend"/> to it bit for bit.</summary>
    public static void Scalar(in AttentionInput x, int row, int head)
    {
        AttentionShape shape = x.Shape;
        float* q = x.Q + (((long)row * shape.Heads) + head) * shape.KeyCols;
        float* y = x.Y + (((long)row * shape.Heads) + head) * shape.ValueCols;
        float* e = stackalloc float[KvCache.PageKeys];
        AttentionSum sum = default;
        int first = shape.First(x.Positions[row]);
        for (int page = first / KvCache.PageKeys; page <= x.Positions[row] / KvCache.PageKeys; page++)
        {
            bool begins = page == first / KvCache.PageKeys;
            int from = Math.Max(0, first - (page * KvCache.PageKeys));
            int n = Math.Min(KvCache.PageKeys, x.Positions[row] + 1 - (page * KvCache.PageKeys));
            float* keys = x.Cache.Keys(x.Sequences[row], page, head / shape.Group);
            for (int j = from; j < n; j++)
            {
                e[j] = 0;
                for (int d = 0; d < shape.KeyCols; d++)
                {
                    e[j] = MathF.FusedMultiplyAdd(q[d], keys[(((j / 16 * shape.KeyCols) + d) * 16) + (j % 16)], e[j]);
                }
            }

            AttentionSum next = AttentionSoftmax.Scalar(e, n, shape.Scale, from);
            float keep = 0, take = 1;
            sum = begins ? next : sum.Join(next, out keep, out take);
            float* values = x.Cache.Values(x.Sequences[row], page, head / shape.Group);
            for (int c = 0; c < shape.ValueCols; c++)
            {
                float o = 0;
                for (int j = from; j < n; j++)
                {
                    o = MathF.FusedMultiplyAdd(e[j], values[(j * shape.ValueCols) + c], o);
                }

                y[c] = begins ? o : MathF.FusedMultiplyAdd(y[c], keep, o * take);
            }
        }

        float share = 1 / sum.Sum;
        for (int c = 0; c < shape.ValueCols; c++)
        {
            y[c] *= share;
        }
    }

    /// <summary>Puts a block's keys and values of one head into the cache.</summary>
    public static void Write(in AttentionInput x, AttentionBlock block, int kvHead)
    {
        AttentionShape shape = x.Shape;
        int page = x.Positions[block.Row] / KvCache.PageKeys;
        int place = x.Positions[block.Row] % KvCache.PageKeys;
        long first = ((long)block.Row * shape.KvHeads) + kvHead;
        float* keys = x.Cache.Keys(x.Sequences[block.Row], page, kvHead) + (place / 16 * shape.KeyCols * 16) + (place % 16);
        float* k = x.K + (first * shape.KeyCols);
        nint kRow = (nint)shape.KvHeads * shape.KeyCols;

        // Column by column, because a line of the cache is a column of the block.
        for (int d = 0; d < shape.KeyCols; d++, keys += 16, k++)
        {
            for (int r = 0; r < block.Rows; r++)
            {
                keys[r] = k[r * kRow];
            }
        }

        float* values = x.Cache.Values(x.Sequences[block.Row], page, kvHead) + (place * shape.ValueCols);
        float* v = x.V + (first * shape.ValueCols);
        for (int r = 0; r < block.Rows; r++)
        {
            Unsafe.CopyBlock(values + (r * shape.ValueCols), v + ((nint)r * shape.KvHeads * shape.ValueCols), (uint)shape.ValueCols * sizeof(float));
        }
    }

    /// <summary>Lets all queries of a block that share a key/value head attend.</summary>
    // Scratch is written before it is read; clearing it would cost as much as a page.
    [SkipLocalsInit]
    public static void Attend(in AttentionInput x, AttentionBlock block, int kvHead)
    {
        float* scratch = stackalloc float[AttentionTile.Scratch(x.Shape)];
        for (int first = 0; first < block.Rows * x.Shape.Group; first += AttentionTile.Queries)
        {
            AttentionTile tile = new(x, block, kvHead, first, scratch);
            for (int page = x.Shape.First(x.Positions[block.Row]) / KvCache.PageKeys; page <= x.Positions[block.Row] / KvCache.PageKeys; page++)
            {
                tile.Attend(page);
            }

            tile.End();
        }
    }
}
