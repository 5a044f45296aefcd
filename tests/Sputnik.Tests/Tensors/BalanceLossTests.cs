using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class BalanceLossTests
{
    private const float Alpha = 0.3f;
    private static readonly RouterSettings Settings = new() { TopK = 2 };

    [Fact]
    public void The_loss_is_equation_17_averaged_over_sequences()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Ops op = new(arena, workers);
        Tensor logits = Seeded.Tensor(arena, 12, 6, seed: 1);
        Routing routing = op.Route(logits, bias: null, Settings);

        float loss = op.BalanceLoss(routing, Batch(7, 5), Alpha);

        double expected = (Literal(logits, routing, 0, 7) + Literal(logits, routing, 7, 5)) / 2;
        Assert.Equal(expected, loss, 1e-6);
    }

    [Fact]
    public void Affinities_gather_its_gradient_beside_that_of_the_weights()
    {
        using Arena arena = new();
        using Workers workers = new(2);
        Tensor logits = Seeded.Tensor(arena, 12, 6, seed: 1);
        float[] seed = Seeded.Values(12 * 2, 3);
        Tape tape = new(arena);
        Tensor x = Seeded.OnTape(tape, logits);
        Ops op = new(arena, workers, tape);
        Routing routing = op.Route(x, bias: null, Settings);

        op.BalanceLoss(routing, Batch(7, 5), Alpha);
        tape.Backward(routing.Weights, seed);

        Span<float> gradient = tape.Grad(x).Span;
        for (int i = 0; i < gradient.Length; i++)
        {
            float kept = logits.Span[i];
            logits.Span[i] = kept + 0.01f;
            double above = Total(logits, routing, seed);
            logits.Span[i] = kept - 0.01f;
            double below = Total(logits, routing, seed);
            logits.Span[i] = kept;
            Assert.Equal((above - below) / 0.02, gradient[i], 2e-4);
        }
    }

    [Fact]
    public void Even_use_costs_alpha_and_uneven_use_more()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Ops op = new(arena, workers);
        Tensor even = arena.Allocate(4, 4);
        Tensor uneven = arena.Allocate(4, 4);
        for (int row = 0; row < 4; row++)
        {
            even[row].Clear();
            uneven[row].Clear();
            even[row][row] = 3;
            uneven[row][0] = 3;
        }

        float evenLoss = op.BalanceLoss(op.Route(even, null, new RouterSettings { TopK = 1 }), Batch(4), Alpha);
        float unevenLoss = op.BalanceLoss(op.Route(uneven, null, new RouterSettings { TopK = 1 }), Batch(4), Alpha);

        Assert.Equal(Alpha, evenLoss, 1e-6f);
        Assert.True(unevenLoss > 1.2f * Alpha, $"{unevenLoss}");
    }

    private static Batch Batch(params int[] lengths)
    {
        Batch batch = new(lengths.Sum());
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            batch.Add(new int[lengths[sequence]], sequence);
        }

        return batch;
    }

    /// <summary>Weights times seed plus the loss in double, for the choices as they are.</summary>
    private static double Total(Tensor logits, Routing routing, float[] seed)
    {
        double total = (Literal(logits, routing, 0, 7) + Literal(logits, routing, 7, 5)) / 2;
        for (int row = 0; row < logits.Rows; row++)
        {
            double[] s = Affinities(logits, row);
            double sum = routing.Experts(row).ToArray().Sum(e => s[e]);
            for (int k = 0; k < 2; k++)
            {
                total += seed[(row * 2) + k] * s[routing.Experts(row)[k]] / sum;
            }
        }

        return total;
    }

    private static double Literal(Tensor logits, Routing routing, int first, int rows)
    {
        double loss = 0;
        for (int i = 0; i < logits.Cols; i++)
        {
            int chosen = Enumerable.Range(first, rows).Count(row => routing.Experts(row).Contains(i));
            double f = (double)logits.Cols / (2 * rows) * chosen;
            double p = Enumerable.Range(first, rows).Average(row => Affinities(logits, row)[i] / Affinities(logits, row).Sum());
            loss += f * p;
        }

        return Alpha * loss;
    }

    private static double[] Affinities(Tensor logits, int row) => [.. logits[row].ToArray().Select(x => 1 / (1 + Math.Exp(-x)))];
}
