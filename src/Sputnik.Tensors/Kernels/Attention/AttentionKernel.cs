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
        switch (x.Cache.Type)
        {
            case KvType.BF16:
                Scalar<KvBf16>(x, row, head);
                break;
            case KvType.Q8_0:
                Scalar<KvQ8>(x, row, head);
                break;
            default:
                Scalar<KvF32>(x, row, head);
                break;
        }
    }

    /// <summary>Puts a block's keys and values of one head into the cache.</summary>
    public static void Write(in AttentionInput x, AttentionBlock block, int kvHead)
    {
        switch (x.Cache.Type)
        {
            case KvType.BF16:
                Write<KvBf16>(x, block, kvHead);
                break;
            case KvType.Q8_0:
                Write<KvQ8>(x, block, kvHead);
                break;
            default:
                Write<KvF32>(x, block, kvHead);
                break;
        }
    }

    /// <summary>Lets all queries of a block that share a key/value head attend.</summary>
    public static void Attend(in AttentionInput x, AttentionBlock block, int kvHead)
    {
        switch (x.Cache.Type)
        {
            case KvType.BF16:
                Attend<KvBf16>(x, block, kvHead);
                break;
            case KvType.Q8_0:
                Attend<KvQ8>(x, block, kvHead);
                break;
            default:
                Attend<KvF32>(x, block, kvHead);
                break;
        }
    }

    private static void Scalar<TStore>(in AttentionInput x, int row, int head)
        where TStore : struct, IKvStore
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
            byte* keys = x.Cache.Keys(x.Sequences[row], page, head / shape.Group);
            for (int j = from; j < n; j++)
            {
                e[j] = 0;
                for (int d = 0; d < shape.KeyCols; d++)
                {
                    e[j] = MathF.FusedMultiplyAdd(q[d], TStore.Key(keys, shape.KeyCols, j, d), e[j]);
                }
            }

            AttentionSum next = AttentionSoftmax.Scalar(e, n, shape.Scale, from);
            float keep = 0, take = 1;
            sum = begins ? next : sum.Join(next, out keep, out take);
            byte* values = x.Cache.Values(x.Sequences[row], page, head / shape.Group);
            for (int c = 0; c < shape.ValueCols; c++)
            {
                float o = 0;
                for (int j = from; j < n; j++)
                {
                    o = MathF.FusedMultiplyAdd(e[j], TStore.Value(values, shape.ValueCols, j, c), o);
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

    private static void Write<TStore>(in AttentionInput x, AttentionBlock block, int kvHead)
        where TStore : struct, IKvStore
    {
        AttentionShape shape = x.Shape;
        int page = x.Positions[block.Row] / KvCache.PageKeys;
        int place = x.Positions[block.Row] % KvCache.PageKeys;
        long first = ((long)block.Row * shape.KvHeads) + kvHead;
        KvRows keys = new(x.K + (first * shape.KeyCols), (nint)shape.KvHeads * shape.KeyCols, block.Rows, shape.KeyCols);
        TStore.WriteKeys(keys, x.Cache.Keys(x.Sequences[block.Row], page, kvHead), place);
        KvRows values = new(x.V + (first * shape.ValueCols), (nint)shape.KvHeads * shape.ValueCols, block.Rows, shape.ValueCols);
        TStore.WriteValues(values, x.Cache.Values(x.Sequences[block.Row], page, kvHead), place);
    }

    // Scratch is written before it is read; clearing it would cost as much as a page.
    [SkipLocalsInit]
    private static void Attend<TStore>(in AttentionInput x, AttentionBlock block, int kvHead)
        where TStore : struct, IKvStore
    {
        float* scratch = stackalloc float[AttentionTile<TStore>.Scratch(x.Shape)];
        for (int first = 0; first < block.Rows * x.Shape.Group; first += TStore.Queries)
        {
            AttentionTile<TStore> tile = new(x, block, kvHead, first, scratch);
            for (int page = x.Shape.First(x.Positions[block.Row]) / KvCache.PageKeys; page <= x.Positions[block.Row] / KvCache.PageKeys; page++)
            {
                tile.Attend(page);
            }

            tile.End();
        }
    }
}
