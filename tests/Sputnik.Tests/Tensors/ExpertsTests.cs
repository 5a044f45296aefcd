using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class ExpertsTests
{
    private static readonly RouterSettings Settings = new() { TopK = 2, Scaling = 2.5f };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(150, 3)]
    public void A_row_is_the_weighted_sum_of_its_experts_to_the_bit(int rows, int threads)
    {
        using ExpertCase subject = new(experts: 6, dim: 24, hidden: 20, threads);
        Tensor x = Seeded.Tensor(subject.Arena, rows, 24, seed: 1);
        Routing routing = subject.Op.Route(subject.Op.Linear(x, subject.Gate), bias: null, Settings);

        Tensor y = subject.Op.Experts(x, routing, subject.Experts);

        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(subject.One(x[row], routing, row), y[row].ToArray());
        }
    }

    [Fact]
    public void A_tape_changes_no_bit()
    {
        using ExpertCase subject = new(experts: 4, dim: 16, hidden: 16, threads: 2);
        Tensor x = Seeded.Tensor(subject.Arena, 40, 16, seed: 1);
        Tape tape = new(subject.Arena);
        Ops taped = new(subject.Arena, subject.Workers, tape);

        Tensor plain = subject.Mix(subject.Op, x);
        Tensor recorded = subject.Mix(taped, Seeded.OnTape(tape, x));

        Assert.Equal(plain.Span.ToArray(), recorded.Span.ToArray());
    }

    [Fact]
    public void Experts_agree_with_central_differences()
    {
        using ExpertCase subject = new(experts: 4, dim: 6, hidden: 5, threads: 2);
        Weight[] weights = [.. subject.Experts.SelectMany(e => new[] { e.Gate, e.Up, e.Down })];
        // The routing moves with x through the gate; widely spread gate rows keep the choice while a difference is taken.

        GradientCheck.Passes(subject.Mix, rows: 5, cols: 6, [subject.Gate, .. weights], seed: 5, tolerance: 3e-3);
    }

    [Fact]
    public void Two_halves_leave_the_gradient_of_the_whole_to_the_bit()
    {
        using ExpertCase subject = new(experts: 4, dim: 16, hidden: 32, threads: 2);
        Tensor x = Seeded.Tensor(subject.Arena, 60, 16, seed: 1);
        float[] seed = Seeded.Values(60 * 16, 2);

        subject.Backward(x.Span, seed);
        float[][] whole = [.. subject.Experts.Select(e => e.Up.Grad.ToArray())];
        subject.ClearGradients();
        subject.Backward(x.Span[..(20 * 16)], seed.AsSpan(0, 20 * 16));
        subject.Backward(x.Span[(20 * 16)..], seed.AsSpan(20 * 16));

        Assert.Equal(whole, subject.Experts.Select(e => e.Up.Grad.ToArray()));
    }

    [Fact]
    public void A_decode_step_allocates_nothing()
    {
        using ExpertCase subject = new(experts: 8, dim: 32, hidden: 32, threads: 2);
        Tensor x = Seeded.Tensor(subject.Arena, 3, 32, seed: 1);
        ArenaMark mark = subject.Arena.Mark();
        long before = 0;

        for (int step = 0; step < 12; step++)
        {
            before = step == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
            subject.Mix(subject.Op, x);
            subject.Arena.Release(mark);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class ExpertCase : IDisposable
    {
        public ExpertCase(int experts, int dim, int hidden, int threads)
        {
            Workers = new(threads);
            Op = new(Arena, Workers);
            Gate = Seeded.Weight("gate", experts, dim, seed: 9, scale: 2);
            Experts =
            [
                .. Enumerable.Range(0, experts).Select(e => new Expert(
                    Seeded.Weight($"{e}.gate", hidden, dim, seed: 3),
                    Seeded.Weight($"{e}.up", hidden, dim, seed: 3),
                    Seeded.Weight($"{e}.down", dim, hidden, seed: 3))),
            ];
        }

        public Arena Arena { get; } = new();

        public Workers Workers { get; }

        public Ops Op { get; }

        public Weight Gate { get; }

        public Expert[] Experts { get; }

        public Tensor Mix(Ops op, Tensor x) => op.Experts(x, op.Route(op.Linear(x, Gate), bias: null, Settings), Experts);

        public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> seed)
        {
            Tape tape = new(Arena);
            Tensor input = Arena.Allocate(x.Length / Gate.In, Gate.In);
            x.CopyTo(input.Span);
            tape.Backward(Mix(new Ops(Arena, Workers, tape), Seeded.OnTape(tape, input)), seed);
        }

        public void ClearGradients()
        {
            foreach (Expert expert in Experts)
            {
                expert.Gate.Grad.Clear();
                expert.Up.Grad.Clear();
                expert.Down.Grad.Clear();
            }
        }

        /// <summary>One row by itself, expert after expert, with ordinary linear layers.</summary>
        public float[] One(ReadOnlySpan<float> row, Routing routing, int index)
        {
            Tensor x = Arena.Allocate(1, row.Length);
            row.CopyTo(x.Span);
            float[] y = new float[row.Length];
            for (int k = 0; k < routing.Weights.Cols; k++)
            {
                Expert expert = Experts[routing.Experts(index)[k]];
                Tensor z = Op.Linear(Op.SwiGlu(Op.Linear(x, expert.Gate), Op.Linear(x, expert.Up)), expert.Down);
                for (int c = 0; c < y.Length; c++)
                {
                    y[c] = MathF.FusedMultiplyAdd(routing.Weights[index][k], z.Span[c], y[c]);
                }
            }

            return y;
        }

        public void Dispose()
        {
            Arena.Dispose();
            Workers.Dispose();
            Gate.Dispose();
            foreach (Expert expert in Experts)
            {
                expert.Gate.Dispose();
                expert.Up.Dispose();
                expert.Down.Dispose();
            }
        }
    }
}
