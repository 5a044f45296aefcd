using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class LogProbTests
{
    [Theory]
    [InlineData(1f)]
    [InlineData(0.6f)]
    public void It_equals_linear_and_softmax_to_the_bit_over_every_chunk(float temperature)
    {
        // 64 rows a chunk at this vocabulary: three chunks, the last one short.
        const int Rows = 130;
        const int Vocabulary = 20_000;
        using Arena arena = new();
        using Workers workers = new(2);
        using Weight head = Seeded.Weight("head", Vocabulary, 4, seed: 1);
        Tensor x = Seeded.Tensor(arena, Rows, 4, seed: 2);
        int[] targets = [.. Enumerable.Range(0, Rows).Select(r => r * 151)];
        Ops op = new(arena, workers);

        Tensor fused = op.LogProb(x, head, targets, temperature);
        Tensor logits = op.Linear(x, head);

        for (int row = 0; row < Rows; row++)
        {
            Bits.Equal(Softmax.LogProb(logits[row], temperature, targets[row]), fused[row][0]);
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.7f)]
    public void It_agrees_with_central_differences(float temperature)
    {
        using Weight head = Seeded.Weight("head", 19, 6, seed: 1);

        GradientCheck.Passes((op, x) => op.LogProb(x, head, [4, 0, 18], temperature), rows: 3, cols: 6, [head]);
    }

    [Fact]
    public void A_frozen_head_lets_the_gradient_through()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight head = Seeded.Weight("head", 19, 6, seed: 1);
        head.Freeze();
        Tape tape = new(arena);
        Tensor x = Seeded.OnTape(tape, Seeded.Tensor(arena, 2, 6, seed: 2));

        tape.Backward(new Ops(arena, workers, tape).LogProb(x, head, [3, 5]), [1, 1]);

        Assert.Contains(tape.Grad(x).Span.ToArray(), d => d != 0);
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused_by_name()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight head = Seeded.Weight("head", 19, 6, seed: 1);
        Tensor x = Seeded.Tensor(arena, 1, 6, seed: 2);

        ArgumentException refused = Assert.Throws<ArgumentException>(() => new Ops(arena, workers).LogProb(x, head, [19]));

        Assert.Contains("'head' has tokens 0 … 18, got 19", refused.Message, StringComparison.Ordinal);
    }
}
