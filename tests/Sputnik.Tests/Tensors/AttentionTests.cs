using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 8, 16, 70)]
    [InlineData(4, 4, 24, 16, 33)]
    [InlineData(4, 2, 48, 32, 64)]
    [InlineData(6, 2, 20, 24, 130)]
    [InlineData(8, 1, 80, 64, 65)]
    [InlineData(3, 3, 7, 5, 200)]
    public unsafe void Simd_equals_scalar_to_the_bit(int heads, int kvHeads, int keyCols, int valueCols, int rows)
    {
        using AttentionCase subject = new(heads, kvHeads, keyCols, valueCols);
        int sequence = subject.Open(rows);

        float[] simd = subject.Attend([(sequence, 0, rows)]);

        Assert.Equal(subject.Scalar(sequence, rows), simd);
    }

    [Theory]
    [InlineData(1, 1, 8, 16, 1)]
    [InlineData(4, 4, 24, 16, 7)]
    [InlineData(4, 2, 48, 32, 63)]
    [InlineData(6, 2, 20, 24, 64)]
    [InlineData(8, 1, 80, 64, 65)]
    [InlineData(3, 3, 7, 5, 130)]
    public void Simd_equals_scalar_to_the_bit_within_a_window(int heads, int kvHeads, int keyCols, int valueCols, int window)
    {
        using AttentionCase subject = new(heads, kvHeads, keyCols, valueCols, window: window);
        int sequence = subject.Open(210);

        float[] simd = subject.Attend([(sequence, 0, 210)]);

        Assert.Equal(subject.Scalar(sequence, 210), simd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(149)]
    public void Within_a_window_attention_is_a_softmax_over_its_positions(int window)
    {
        using AttentionCase subject = new(4, 2, 12, 10, window: window);
        int sequence = subject.Open(150);

        float[] y = subject.Attend([(sequence, 0, 150)]);
        (float[] dq, float[] dk, float[] dv) = subject.Gradients([(sequence, 0, 150)]);

        AssertNear(subject.Reference(sequence, 150), y);
        (double[] Dq, double[] Dk, double[] Dv) expected = subject.ReferenceGradients(sequence, 150);
        AssertNear(expected.Dq, dq);
        AssertNear(expected.Dk, dk);
        AssertNear(expected.Dv, dv);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(1000)]
    public void A_window_that_holds_everything_changes_no_bit(int window)
    {
        using AttentionCase whole = new(4, 2, 20, 24);
        using AttentionCase subject = new(4, 2, 20, 24, window: window);

        float[] expected = whole.Attend([(whole.Open(150), 0, 150)]);
        float[] y = subject.Attend([(subject.Open(150), 0, 150)]);

        Assert.Equal(expected, y);
    }

    [Fact]
    public void What_lies_before_the_window_does_not_reach_a_row()
    {
        using AttentionCase clean = new(2, 2, 10, 12, window: 20);
        float[] expected = clean.Attend([(clean.Open(150), 0, 150)]).AsSpan(100 * clean.YCols).ToArray();
        using AttentionCase subject = new(2, 2, 10, 12, window: 20);
        int sequence = subject.Open(150);
        subject.Spoil(sequence, from: 0, to: 81, float.NaN);

        float[] y = subject.Attend([(sequence, 0, 150)]).AsSpan(100 * subject.YCols).ToArray();

        Assert.Equal(expected, y);
    }

    [Fact]
    public void A_window_of_nothing_is_refused()
    {
        using AttentionCase subject = new(1, 1, 8, 8, window: 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => subject.Attend([(subject.Open(3), 0, 3)]));
    }

    [Fact]
    public void Attention_is_a_softmax_over_positions_up_to_the_row()
    {
        using AttentionCase subject = new(4, 2, 12, 10);
        int sequence = subject.Open(150);

        float[] y = subject.Attend([(sequence, 0, 150)]);

        double[] expected = subject.Reference(sequence, 150);
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(expected[i], y[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(1, 37)]
    [InlineData(2, 64)]
    [InlineData(3, 80)]
    public void A_row_has_the_same_bits_in_prefill_decode_chunks_and_company(int threads, int? window)
    {
        using AttentionCase whole = new(4, 2, 20, 24, window: window);
        float[] expected = whole.Attend([(whole.Open(140), 0, 140)]);
        using AttentionCase subject = new(4, 2, 20, 24, threads, window);
        int byOne = subject.Open(140, source: 0);
        int chunked = subject.Open(140, source: 0);
        int other = subject.Open(90, source: 7);
        List<float> decoded = [];
        List<float> inChunks = [];

        for (int position = 0; position < 140; position++)
        {
            decoded.AddRange(subject.Attend([(byOne, position, 1), (other, position % 90, 1)]).AsSpan(0, subject.YCols));
        }

        foreach ((int from, int count) in new[] { (0, 5), (5, 60), (65, 1), (66, 74) })
        {
            inChunks.AddRange(subject.Attend([(other, 3, 40), (chunked, from, count)]).AsSpan(40 * subject.YCols));
        }

        Assert.Equal(expected, decoded);
        Assert.Equal(expected, inChunks);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    public void A_fork_attends_to_the_same_bits(int length)
    {
        using AttentionCase whole = new(2, 1, 16, 16);
        float[] expected = whole.Attend([(whole.Open(140), 0, 140)]);
        using AttentionCase subject = new(2, 1, 16, 16);
        int parent = subject.Open(length, source: 0);
        subject.Attend([(parent, 0, length)]);

        int fork = subject.Fork(parent, 140);
        subject.Extend(parent, 140, source: 5);
        subject.Attend([(parent, length, 140 - length)]);
        float[] rest = subject.Attend([(fork, length, 140 - length)]);

        Assert.Equal(expected.AsSpan(length * subject.YCols).ToArray(), rest);
    }

    [Fact]
    public void A_tape_changes_no_bit()
    {
        using AttentionCase subject = new(4, 2, 24, 16);
        int sequence = subject.Open(100);

        float[] plain = subject.Attend([(sequence, 0, 100)]);
        float[] taped = subject.Attend([(sequence, 0, 100)], taped: true);

        Assert.Equal(plain, taped);
    }

    [Fact]
    public void What_stale_memory_or_later_rows_hold_does_not_reach_a_row()
    {
        using AttentionCase clean = new(2, 2, 10, 12);
        float[] expected = clean.Attend([(clean.Open(90), 0, 90)]).AsSpan(0, 50 * clean.YCols).ToArray();
        using AttentionCase subject = new(2, 2, 10, 12);
        subject.FillCache(float.NaN);
        int sequence = subject.Open(90);
        subject.Spoil(sequence, from: 50, to: 90, float.PositiveInfinity);

        float[] y = subject.Attend([(sequence, 0, 90)]);

        Assert.Equal(expected, y.AsSpan(0, 50 * subject.YCols).ToArray());
    }

    [Theory]
    [InlineData(2, 2, 5, 3, null)]
    [InlineData(4, 2, 6, 4, null)]
    [InlineData(3, 1, 8, 6, null)]
    [InlineData(4, 2, 6, 4, 3)]
    [InlineData(3, 1, 8, 6, 1)]
    public void Attention_agrees_with_central_differences(int heads, int kvHeads, int keyCols, int valueCols, int? window)
    {
        using KvCache cache = new(new KvShape(1, kvHeads, keyCols, valueCols), pages: 4, sequences: 2, maxLength: 128);
        Batch batch = new(12);
        foreach (int rows in new[] { 7, 5 })
        {
            int sequence = cache.Open();
            cache.Extend(sequence, rows);
            batch.Add(new int[rows], sequence);
        }

        int cols = (heads * keyCols) + (kvHeads * (keyCols + valueCols));
        Tensor Graph(Ops op, Tensor x) => op.Attention(
            op.Slice(x, 1, 0, heads * keyCols),
            op.Slice(x, 1, heads * keyCols, kvHeads * keyCols),
            op.Slice(x, 1, (heads + kvHeads) * keyCols, kvHeads * valueCols),
            batch,
            cache,
            layer: 0,
            heads,
            scale: 0.6f,
            window);

        GradientCheck.Passes(Graph, rows: 12, cols, []);
    }

    [Fact]
    public void Gradients_of_long_sequences_follow_the_definition()
    {
        using AttentionCase subject = new(4, 2, 20, 24);
        int sequence = subject.Open(150);

        (float[] dq, float[] dk, float[] dv) = subject.Gradients([(sequence, 0, 150)]);

        (double[] Dq, double[] Dk, double[] Dv) expected = subject.ReferenceGradients(sequence, 150);
        AssertNear(expected.Dq, dq);
        AssertNear(expected.Dk, dk);
        AssertNear(expected.Dv, dv);
    }

    [Fact]
    public void Gradients_do_not_depend_on_threads_or_company()
    {
        using AttentionCase alone = new(4, 2, 20, 24, threads: 1);
        (float[] Dq, float[] Dk, float[] Dv) expected = alone.Gradients([(alone.Open(100), 0, 100)]);
        using AttentionCase subject = new(4, 2, 20, 24, threads: 3);
        int sequence = subject.Open(100, source: 0);
        int other = subject.Open(150, source: 3);

        (float[] dq, float[] dk, float[] dv) = subject.Gradients([(sequence, 0, 100), (other, 0, 150)]);

        Assert.Equal(expected.Dq, dq.AsSpan(0, expected.Dq.Length).ToArray());
        Assert.Equal(expected.Dk, dk.AsSpan(0, expected.Dk.Length).ToArray());
        Assert.Equal(expected.Dv, dv.AsSpan(0, expected.Dv.Length).ToArray());
    }

    [Fact]
    public void A_tape_asks_for_whole_sequences()
    {
        using AttentionCase subject = new(1, 1, 8, 8);
        int sequence = subject.Open(10);
        subject.Attend([(sequence, 0, 5)]);

        ArgumentException error = Assert.Throws<ArgumentException>(() => subject.Attend([(sequence, 5, 5)], taped: true));

        Assert.Contains("position 5, not 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_that_are_not_reserved_or_are_shared_cannot_be_written()
    {
        using AttentionCase subject = new(1, 1, 8, 8);
        int sequence = subject.Open(70);
        subject.Attend([(sequence, 0, 70)]);
        subject.Fork(sequence, 70);

        Assert.Throws<ArgumentException>(() => subject.Attend([(sequence, 70, 1)]));
        Assert.Throws<ArgumentException>(() => subject.Attend([(sequence, 63, 1)]));
    }

    [Fact]
    public void A_decode_step_allocates_nothing()
    {
        using AttentionCase subject = new(4, 2, 24, 16);
        int sequence = subject.Open(100);

        long bytes = subject.AllocatedByDecoding(sequence, 100);

        Assert.Equal(0, bytes);
    }

    private static void AssertNear(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-5);
        }
    }
}
