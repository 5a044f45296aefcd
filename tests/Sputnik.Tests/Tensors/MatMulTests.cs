using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class MatMulTests
{
    // Around every tile height, block of k and the strides that crowd the cache.
    private static readonly int[] Rows = [1, 2, 3, 5, 7, 13, 14, 15, 31, 45];
    private static readonly int[] Depths = [1, 13, 257, 512];
    private static readonly float[] Values = Seeded.Values(1 << 16, seed: 1);

    // Around every strip width.
    public static TheoryData<int> Widths => [1, 2, 15, 16, 17, 31, 32, 33, 48, 96, 130, 309];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_equals_the_definition_to_the_bit(int width) => ForEachShape((workers, rows, depth) =>
    {
        using Case both = new(rows, @out: width, @in: depth);

        MatMul.Forward(workers, both.X, both.Weight, both.Y);
        MatMulScalar.Forward(both.Expected);

        AssertSame(both.ExpectedY, both.Y, $"{rows} rows, depth {depth}, {workers.Threads} threads");
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Input_gradient_equals_the_definition_to_the_bit(int width) => ForEachShape((workers, rows, depth) =>
    {
        using Case both = new(rows, @out: depth, @in: width);

        MatMul.InputGradient(workers, both.Y, both.Weight, both.X);
        MatMulScalar.InputGradient(both.Expected);

        AssertSame(both.ExpectedX, both.X, $"{rows} rows, depth {depth}, {workers.Threads} threads");
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Weight_gradient_equals_the_definition_to_the_bit(int width) => ForEachShape((workers, outputs, depth) =>
    {
        using Case both = new(rows: depth, outputs, width);

        MatMul.WeightGradient(workers, both.Y, both.X, both.Weight);
        float[] found = both.Weight.Grad.ToArray();
        both.ResetGrad();
        MatMulScalar.WeightGradient(both.Expected);

        Assert.True(Bits(found).SequenceEqual(Bits(both.Weight.Grad)), $"{outputs} outputs, depth {depth}, {workers.Threads} threads");
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_row_alone_equals_the_row_in_a_batch(int rowsAtOnce)
    {
        using Workers workers = new(2);
        using Arena arena = new();
        using Weight w = Seeded.Weight("w", 309, 130, seed: 3);
        Tensor x = Seeded.Tensor(arena, 50, 130, seed: 4);
        Tensor batch = arena.Allocate(50, 309);
        Tensor alone = arena.Allocate(rowsAtOnce, 309);
        MatMul.Forward(workers, x, w, batch);

        for (int r = 0; r + rowsAtOnce <= 50; r += rowsAtOnce)
        {
            MatMul.Forward(workers, new(x.RowAt(r), rowsAtOnce, 130, slot: 0), w, alone);

            Assert.True(Bits(alone.Span).SequenceEqual(Bits(new(batch.RowAt(r), rowsAtOnce * 309))), $"row {r}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(256)]
    [InlineData(299)]
    public void Micro_batches_gather_the_weight_gradient_of_the_whole_batch(int split)
    {
        using Workers workers = new(2);
        using Arena arena = new();
        using Weight whole = Seeded.Weight("w", 96, 64, seed: 1);
        using Weight parts = Seeded.Weight("w", 96, 64, seed: 1);
        Tensor x = Seeded.Tensor(arena, 300, 64, seed: 5);
        Tensor dy = Seeded.Tensor(arena, 300, 96, seed: 6);

        MatMul.WeightGradient(workers, dy, x, whole);
        MatMul.WeightGradient(workers, new(dy.Data, split, 96, 0), new(x.Data, split, 64, 0), parts);
        MatMul.WeightGradient(workers, new(dy.RowAt(split), 300 - split, 96, 0), new(x.RowAt(split), 300 - split, 64, 0), parts);

        Assert.True(Bits(whole.Grad).SequenceEqual(Bits(parts.Grad)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_group_equals_its_parts_one_after_another(int threads)
    {
        using Workers workers = new(threads);
        Case[] grouped = [.. Enumerable.Range(0, 70).Select(i => new Case(rows: i % 9 * i, @out: 33 + i, @in: 64))];
        Case[] single = [.. Enumerable.Range(0, 70).Select(i => new Case(rows: i % 9 * i, @out: 33 + i, @in: 64))];
        MatMulPart[] parts = [.. grouped.Select(c => new MatMulPart(c.X.Data, c.X.Rows, c.Weight, c.Y.Data))];

        MatMul.WeightGradientGroup(workers, parts);
        MatMul.ForwardGroup(workers, parts);
        MatMul.InputGradientGroup(workers, parts);
        foreach (Case one in single)
        {
            MatMul.WeightGradient(workers, one.Y, one.X, one.Weight);
            MatMul.Forward(workers, one.X, one.Weight, one.Y);
            MatMul.InputGradient(workers, one.Y, one.Weight, one.X);
        }

        foreach ((Case a, Case b) in grouped.Zip(single))
        {
            AssertSame(b.Y, a.Y, "forward");
            AssertSame(b.X, a.X, "input gradient");
            Assert.True(Bits(a.Weight.Grad).SequenceEqual(Bits(b.Weight.Grad)), "weight gradient");
            a.Dispose();
            b.Dispose();
        }
    }

    [Fact]
    public void A_touched_weight_multiplies_with_its_new_values()
    {
        using Workers workers = new(1);
        using Case both = new(rows: 5, @out: 40, @in: 20);
        MatMul.Forward(workers, both.X, both.Weight, both.Y);
        MatMul.InputGradient(workers, both.Y, both.Weight, both.X);

        both.Weight.Values.Fill(0.25f);
        both.Weight.Touch();
        MatMul.Forward(workers, both.ExpectedX, both.Weight, both.Y);
        MatMulScalar.Forward(both.Expected);

        AssertSame(both.ExpectedY, both.Y, "after the touch");
    }

    [Fact]
    public void A_warm_product_allocates_nothing()
    {
        using Workers workers = new(2);
        using Case one = new(rows: 40, @out: 309, @in: 96);
        long before = 0;

        for (int round = 0; round < 2; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            MatMul.Forward(workers, one.X, one.Weight, one.Y);
            MatMul.InputGradient(workers, one.Y, one.Weight, one.X);
            MatMul.WeightGradient(workers, one.Y, one.X, one.Weight);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void ForEachShape(Action<Workers, int, int> check)
    {
        foreach (int threads in (int[])[1, 2, 3])
        {
            using Workers workers = new(threads);
            foreach (int rows in Rows)
            {
                foreach (int depth in Depths)
                {
                    check(workers, rows, depth);
                }
            }
        }
    }

    private static ReadOnlySpan<int> Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values);

    private static void AssertSame(Tensor expected, Tensor found, string what)
    {
        int at = Bits(expected.Span).CommonPrefixLength(Bits(found.Span));
        Assert.True(at == expected.Span.Length, $"{what}: value {at} differs.");
    }

    /// <summary>One product twice: operands for the kernel, and the same again for the definition.</summary>
    private sealed class Case : IDisposable
    {
        private readonly float* _memory;

        public Case(int rows, int @out, int @in)
        {
            Weight = new("w", @out, @in);
            Fill(Weight.Values, 0);
            Weight.Train();
            ResetGrad();
            int side = rows * (@in + @out);
            _memory = (float*)NativeMemory.Alloc((nuint)(2 * side) + 1, sizeof(float));
            Fill(new(_memory, side), 2);
            Fill(new(_memory + side, side), 2);
            X = new(_memory, rows, @in, slot: 0);
            Y = new(_memory + (rows * @in), rows, @out, slot: 0);
            ExpectedX = new(_memory + side, rows, @in, slot: 0);
            ExpectedY = new(_memory + side + (rows * @in), rows, @out, slot: 0);
        }

        public Weight Weight { get; }

        public Tensor X { get; }

        public Tensor Y { get; }

        public Tensor ExpectedX { get; }

        public Tensor ExpectedY { get; }

        public MatMulPart Expected => new(ExpectedX.Data, ExpectedX.Rows, Weight, ExpectedY.Data);

        public void ResetGrad() => Fill(Weight.Grad, 1);

        public void Dispose()
        {
            NativeMemory.Free(_memory);
            Weight.Dispose();
        }

        // Different rows of the pool for different places; shapes are odd, so no two rows of a matrix are alike.
        private static void Fill(Span<float> values, int from)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Values[(i + (from * 1009)) % Values.Length];
            }
        }
    }
}
