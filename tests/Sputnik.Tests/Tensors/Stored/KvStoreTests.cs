using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>What a number is worth once it lies in a cache: a row that sees only itself gets its own value back, rounded.</summary>
public sealed class KvStoreTests
{
    [Fact]
    public void Float32_is_kept_as_it_is()
    {
        float[] row = Seeded.Values(75, 1);

        Assert.Equal(row, Stored(KvType.F32, row));
    }

    [Fact]
    public void Bfloat16_is_the_nearest()
    {
        float[] row = Seeded.Values(75, 2);

        Assert.Equal(row.Select(x => Bf16.Decode(Bf16.Encode(x))), Stored(KvType.BF16, row));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1e-30f)]
    [InlineData(3e-5f)]
    [InlineData(1e6f)]
    public void Eight_bits_are_at_most_half_a_step_away(float size)
    {
        float[] row = [.. Seeded.Values(75, 3).Select(x => x * size)];

        float[] stored = Stored(KvType.Q8_0, row);

        for (int block = 0; block < row.Length; block += 32)
        {
            float[] exact = row[block..Math.Min(block + 32, row.Length)];
            // The scale itself is rounded: by 2^-11 of itself, or below the normal numbers by 2^-25.
            double largest = exact.Max(MathF.Abs);
            double slack = Math.Max(largest * Math.Pow(2, -11), 127 * Math.Pow(2, -25));
            Assert.All(exact.Zip(stored[block..]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, (largest / 127 / 2 * 1.001) + slack));
        }
    }

    [Fact]
    public void Eight_bits_give_whole_steps_of_the_largest_exactly()
    {
        float[] row = [.. Enumerable.Range(-127, 255).Select(code => code * 0.5f)];
        for (int block = 0; block < row.Length; block += 32)
        {
            row[block] = 63.5f;
        }

        Assert.Equal(row, Stored(KvType.Q8_0, row));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e8f)]
    public void What_eight_bits_cannot_hold_spoils_its_block_alone(float value)
    {
        float[] row = Seeded.Values(70, 4);
        row[40] = value;

        float[] stored = Stored(KvType.Q8_0, row);

        Assert.All(stored[32..64], x => Assert.True(float.IsNaN(x)));
        Assert.All(stored[..32].Concat(stored[64..]), x => Assert.True(float.IsFinite(x)));
    }

    [Theory]
    [InlineData(KvType.F32, 2 * 3 * 64 * (70 + 40) * 4)]
    [InlineData(KvType.BF16, 2 * 3 * 64 * (70 + 40) * 2)]
    [InlineData(KvType.Q8_0, 2 * 3 * 64 * (70 + (3 * 2) + 40 + (2 * 2)))]
    public void A_page_takes_the_bytes_of_its_type(KvType type, long bytes)
    {
        KvShape shape = new(Layers: 2, Heads: 3, KeyCols: 70, ValueCols: 40);
        using KvCache cache = new(shape, pages: 1, sequences: 1, maxLength: 64, type);

        Assert.Equal(bytes, shape.PageBytesAs(type));
        Assert.Equal((type, bytes), (cache.Type, cache.PageBytes));
    }

    [Fact]
    public void Another_type_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KvShape(1, 1, 8, 8).PageBytesAs((KvType)3));

    private static float[] Stored(KvType type, float[] row)
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using KvCache cache = new(new KvShape(1, 1, 8, row.Length), pages: 1, sequences: 1, maxLength: 64, type);
        Batch batch = new(1);
        batch.Add(0, cache.Open(), 0);
        cache.Extend(0, 1);
        Tensor q = Seeded.Tensor(arena, 1, 8, seed: 5);
        Tensor v = arena.Allocate(1, row.Length);
        row.CopyTo(v.Span);
        return new Ops(arena, workers).Attention(q, q, v, batch, cache, layer: 0, heads: 1, scale: 1).Span.ToArray();
    }
}
