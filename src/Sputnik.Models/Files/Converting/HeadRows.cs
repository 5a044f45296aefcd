using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// Rows of attention matrices between the two layouts: published files rotate (i, i + half) of a head in most families, GGUF
/// files of llama and deepseek2 (2i, 2i + 1); and GGUF parts the matrix that unfolds the latent by its use.
/// </summary>
internal static class HeadRows
{
    /// <summary>Rows of heads of <paramref name="size"/>, of which the last <paramref name="rotated"/> go from halves to pairs.</summary>
    public static StoredRows Paired(StoredRows rows, int size, int rotated) => rows.Reordered(row => Move(row, size, rotated, i => ((i % 2) * (rotated / 2)) + (i / 2)));

    /// <summary>The inverse of <see cref="Paired"/>.</summary>
    public static StoredRows Halved(StoredRows rows, int size, int rotated) => rows.Reordered(row => Move(row, size, rotated, i => (i % (rotated / 2) * 2) + (i / (rotated / 2))));

    /// <summary>The keys' part of the matrix that unfolds the latent, transposed head by head. [heads · (nope + value), latent] → [heads, latent, nope]</summary>
    public static StoredRows Keys(StoredRows unfold, string name, DeepSeekV3Config c)
    {
        StoredRows decoded = unfold.Decoded();
        byte[] block = new byte[c.NopeSize * decoded.RowBytes];
        long held = -1;
        return new(name, [c.NopeSize, c.KvLatent, c.Heads], WeightFormat.F32, (row, to) =>
        {
            for (; to.Length > 0; to = to[(c.NopeSize * sizeof(float))..], row++)
            {
                (long head, long column) = Math.DivRem(row, c.KvLatent);
                if (head != held)
                {
                    decoded.Read(head * (c.NopeSize + c.ValueSize), block);
                    held = head;
                }

                Column(block, (int)column, c.KvLatent, to[..(c.NopeSize * sizeof(float))]);
            }
        })
        { Natural = unfold.Natural };
    }

    /// <summary>The values' part. [heads · (nope + value), latent] → [heads, value, latent]</summary>
    public static StoredRows Values(StoredRows unfold, string name, DeepSeekV3Config c) => unfold.Reordered(row =>
    {
        (long head, long inside) = Math.DivRem(row, c.ValueSize);
        return (head * (c.NopeSize + c.ValueSize)) + c.NopeSize + inside;
    }) with
    { Name = name, Dimensions = [c.KvLatent, c.ValueSize, c.Heads] };

    /// <summary>Both parts joined again, in float32.</summary>
    public static StoredRows Joined(string name, StoredRows keys, StoredRows values, DeepSeekV3Config c)
    {
        StoredRows key = keys.Decoded(), value = values.Decoded();
        byte[] block = new byte[c.KvLatent * key.RowBytes];
        long held = -1;
        int bytes = c.KvLatent * sizeof(float);
        return new(name, [c.KvLatent, (long)c.Heads * (c.NopeSize + c.ValueSize)], WeightFormat.F32, (row, to) =>
        {
            for (; to.Length > 0; to = to[bytes..], row++)
            {
                (long head, long inside) = Math.DivRem(row, c.NopeSize + c.ValueSize);
                if (inside >= c.NopeSize)
                {
                    value.Read((head * c.ValueSize) + inside - c.NopeSize, to[..bytes]);
                    continue;
                }

                if (head != held)
                {
                    key.Read(head * c.KvLatent, block);
                    held = head;
                }

                Column(block, (int)inside, c.NopeSize, to[..bytes]);
            }
        })
        { Natural = keys.Natural == values.Natural && keys.Natural.BlockValues() == 1 ? keys.Natural : WeightFormat.F32 };
    }

    private static long Move(long row, int size, int rotated, Func<int, int> from)
    {
        (long head, long inside) = Math.DivRem(row, size);
        int plain = size - rotated;
        return inside < plain ? row : (head * size) + plain + from((int)inside - plain);
    }

    private static void Column(ReadOnlySpan<byte> block, int column, int cols, Span<byte> to)
    {
        for (int i = 0; i < to.Length; i += sizeof(float))
        {
            block.Slice(((i / sizeof(float) * cols) + column) * sizeof(float), sizeof(float)).CopyTo(to[i..]);
        }
    }
}
