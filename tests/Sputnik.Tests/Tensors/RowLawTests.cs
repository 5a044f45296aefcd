using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class RowLawTests
{
    private const int Rows = 210;
    private const int Cols = 96;
    private static readonly float[] Inputs = Seeded.Values(Rows * Cols, seed: 5);
    private static readonly float[] Seeds = Seeded.Values(Rows * 128, seed: 9);
    private static readonly RopeTable Halves = new(16, theta: 1000, maxLength: 300, interleaved: false);
    private static readonly RopeTable Neighbours = new(32, theta: 1000, maxLength: 300, interleaved: true);

    public static TheoryData<string> Words =>
        ["Embed", "Add", "RmsNorm", "HeadNorm", "RopeHalves", "RopeNeighbours", "SwiGlu", "Slice", "Join", "LogProb"];

    [Theory]
    [MemberData(nameof(Words))]
    public void Rows_alone_and_in_micro_batches_give_the_bits_of_the_whole_batch(string word)
    {
        float[] whole = Step(word, threads: 1, [Rows]);

        Bits.Equal(whole, Step(word, threads: 1, [.. Enumerable.Repeat(1, Rows)]));
        Bits.Equal(whole, Step(word, threads: 2, [1, 37, 100, 72]));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Threads_change_no_bit(string word)
    {
        float[] one = Step(word, threads: 1, [Rows]);

        Bits.Equal(one, Step(word, threads: 2, [Rows]));
        Bits.Equal(one, Step(word, threads: 3, [Rows]));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Without_a_tape_a_word_allocates_nothing_and_gives_the_same_bits(string word)
    {
        using Model model = new();
        using Arena arena = new();
        using Workers workers = new(2);
        Ops op = new(arena, workers);
        (Tensor x, Batch batch, int[] targets) = Input(arena, 0, Rows);
        float[] first = model.Apply(word, op, x, batch, targets).Span.ToArray();

        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Apply(word, op, x, batch, targets);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Bits.Equal(Step(word, threads: 1, [Rows]).AsSpan(0, first.Length), first);
    }

    /// <summary>Forward and back over all rows in micro-batches; returns every y, then every dx, then the weights' gradients.</summary>
    private static float[] Step(string word, int threads, int[] microBatches)
    {
        using Model model = new();
        using Arena arena = new();
        using Workers workers = new(threads);
        List<float> outputs = [];
        List<float> gradients = [];
        int start = 0;
        foreach (int rows in microBatches)
        {
            arena.Reset();
            Tape tape = new(arena);
            (Tensor values, Batch batch, int[] targets) = Input(arena, start, rows);
            Tensor x = Seeded.OnTape(tape, values);
            Tensor y = model.Apply(word, new Ops(arena, workers, tape), x, batch, targets);
            tape.Backward(y, Seeds.AsSpan(start * y.Cols, rows * y.Cols));
            outputs.AddRange(y.Span);
            gradients.AddRange(tape.Grad(x).Span);
            start += rows;
        }

        return [.. outputs, .. gradients, .. model.Gain.Grad, .. model.HeadGain.Grad, .. model.Table.Grad, .. model.Head.Grad];
    }

    private static (Tensor X, Batch Batch, int[] Targets) Input(Arena arena, int start, int rows)
    {
        Tensor x = arena.Allocate(rows, Cols);
        Inputs.AsSpan(start * Cols, rows * Cols).CopyTo(x.Span);
        Batch batch = new(rows);
        int[] targets = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            batch.Add((start + r) * 7 % 40, sequence: 0, position: start + r);
            targets[r] = (start + r) * 11 % 40;
        }

        return (x, batch, targets);
    }

    private sealed class Model : IDisposable
    {
        public Weight Gain { get; } = Seeded.Weight("gain", 1, Cols, seed: 1);

        public Weight HeadGain { get; } = Seeded.Weight("head gain", 1, 32, seed: 2);

        public Weight Table { get; } = Seeded.Weight("table", 40, Cols, seed: 3);

        public Weight Head { get; } = Seeded.Weight("head", 40, Cols, seed: 4);

        public Tensor Apply(string word, Ops op, Tensor x, Batch batch, int[] targets) => word switch
        {
            "Embed" => op.Add(x, op.Embed(Table, batch)),
            "Add" => op.Add(x, x),
            "RmsNorm" => op.RmsNorm(x, Gain, 1e-6f),
            "HeadNorm" => op.RmsNorm(x, HeadGain, 1e-6f),
            "RopeHalves" => op.Rope(x, batch, Halves, headCols: 32, start: 16),
            "RopeNeighbours" => op.Rope(x, batch, Neighbours, headCols: 32),
            "SwiGlu" => op.SwiGlu(x, x),
            "Slice" => op.Slice(x, groups: 3, start: 5, count: 20),
            "Join" => op.Join(x, op.Slice(x, groups: 1, start: 3, count: 8), groups: 4, shared: true),
            "LogProb" => op.LogProb(x, Head, targets, temperature: 0.9f),
            _ => throw new ArgumentException($"No word '{word}'.", nameof(word)),
        };

        public void Dispose()
        {
            Gain.Dispose();
            HeadGain.Dispose();
            Table.Dispose();
            Head.Dispose();
        }
    }
}
