using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>Attention over a cache that rounds.</summary>
public sealed class StoredAttentionTests
{
    [Theory]
    [InlineData(KvType.BF16, 4, 2, 48, 32, 64, null)]
    [InlineData(KvType.BF16, 6, 2, 130, 129, 130, null)]
    [InlineData(KvType.BF16, 8, 1, 80, 64, 65, null)]
    [InlineData(KvType.BF16, 3, 3, 7, 5, 200, 70)]
    [InlineData(KvType.BF16, 20, 1, 72, 66, 150, 37)]
    [InlineData(KvType.Q8_0, 4, 2, 48, 32, 64, null)]
    [InlineData(KvType.Q8_0, 6, 2, 130, 129, 130, null)]
    [InlineData(KvType.Q8_0, 8, 1, 80, 64, 65, null)]
    [InlineData(KvType.Q8_0, 3, 3, 7, 5, 200, 70)]
    [InlineData(KvType.Q8_0, 20, 1, 72, 66, 150, 37)]
    public void Simd_equals_scalar_to_the_bit(KvType type, int heads, int kvHeads, int keyCols, int valueCols, int rows, int? window)
    {
        using AttentionCase subject = new(heads, kvHeads, keyCols, valueCols, window: window, type: type);
        int sequence = subject.Open(rows);

        float[] simd = subject.Attend([(sequence, 0, rows)]);

        Assert.Equal(subject.Scalar(sequence, rows), simd);
    }

    [Theory]
    [InlineData(KvType.BF16, 1, null)]
    [InlineData(KvType.BF16, 2, null)]
    [InlineData(KvType.BF16, 3, 37)]
    [InlineData(KvType.Q8_0, 1, null)]
    [InlineData(KvType.Q8_0, 2, null)]
    [InlineData(KvType.Q8_0, 3, 37)]
    public void A_row_has_the_same_bits_in_prefill_decode_chunks_and_company(KvType type, int threads, int? window)
    {
        using AttentionCase whole = new(4, 2, 72, 40, window: window, type: type);
        float[] expected = whole.Attend([(whole.Open(140), 0, 140)]);

        foreach (int chunk in new[] { 1, 7, 64 })
        {
            using AttentionCase subject = new(4, 2, 72, 40, threads, window, type);
            int other = subject.Open(90, source: 7);
            int sequence = subject.Open(140, source: 0);
            List<float> rows = [];
            for (int position = 0; position < 140; position += chunk)
            {
                int company = position % 50;
                float[] step = subject.Attend([(other, company, 40), (sequence, position, Math.Min(chunk, 140 - position))]);
                rows.AddRange(step.AsSpan(40 * subject.YCols));
            }

            Assert.Equal(expected, rows);
        }
    }

    [Theory]
    [InlineData(KvType.BF16)]
    [InlineData(KvType.Q8_0)]
    public void A_fork_attends_to_the_same_bits(KvType type)
    {
        using AttentionCase whole = new(2, 1, 40, 33, type: type);
        float[] expected = whole.Attend([(whole.Open(140), 0, 140)]);
        using AttentionCase subject = new(2, 1, 40, 33, type: type);
        int parent = subject.Open(100, source: 0);
        subject.Attend([(parent, 0, 100)]);

        int fork = subject.Fork(parent, 140);
        subject.Extend(parent, 140, source: 5);
        subject.Attend([(parent, 100, 40)]);
        float[] rest = subject.Attend([(fork, 100, 40)]);

        Assert.Equal(expected.AsSpan(100 * subject.YCols).ToArray(), rest);
    }

    [Theory]
    [InlineData(KvType.BF16, 2e-2)]
    [InlineData(KvType.Q8_0, 6e-2)]
    public void Rounding_moves_attention_a_little_and_does_move_it(KvType type, double most)
    {
        using AttentionCase subject = new(4, 2, 40, 36, type: type);
        int sequence = subject.Open(150);

        float[] y = subject.Attend([(sequence, 0, 150)]);

        double worst = subject.Reference(sequence, 150).Zip(y, (e, a) => Math.Abs(e - a)).Max();
        Assert.InRange(worst, 1e-4, most);
    }

    [Theory]
    [InlineData(KvType.BF16)]
    [InlineData(KvType.Q8_0)]
    public void What_stale_memory_or_later_rows_hold_does_not_reach_a_row(KvType type)
    {
        using AttentionCase clean = new(2, 2, 10, 12, type: type);
        float[] expected = clean.Attend([(clean.Open(90), 0, 90)]).AsSpan(0, 50 * clean.YCols).ToArray();
        using AttentionCase subject = new(2, 2, 10, 12, type: type);
        subject.FillCache(float.NaN);
        int sequence = subject.Open(90);
        subject.Spoil(sequence, from: 50, to: 90, float.PositiveInfinity);

        float[] y = subject.Attend([(sequence, 0, 90)]);

        Assert.Equal(expected, y.AsSpan(0, 50 * subject.YCols).ToArray());
    }

    [Theory]
    [InlineData(KvType.BF16)]
    [InlineData(KvType.Q8_0)]
    public void A_decode_step_allocates_nothing(KvType type)
    {
        using AttentionCase subject = new(4, 2, 24, 16, type: type);
        int sequence = subject.Open(100);

        long bytes = subject.AllocatedByDecoding(sequence, 100);

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void A_tape_takes_no_rounded_cache()
    {
        using AttentionCase subject = new(1, 1, 8, 8, type: KvType.BF16);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => subject.Attend([(subject.Open(10), 0, 10)], taped: true));

        Assert.Contains("must be F32, got BF16", error.Message, StringComparison.Ordinal);
    }
}
