using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class RecomputeTests
{
    [Fact]
    public void Recomputed_equals_kept_to_the_bit()
    {
        float[] kept = Gradients((op, x, block) => block(op, x));

        float[] recomputed = Gradients(Recompute.Block);

        Bits.Equal(kept, recomputed);
    }

    [Fact]
    public void It_holds_less_memory_than_the_kept_block()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight w = Seeded.Weight("w", 16, 16, seed: 1);
        Tape tape = new(arena);
        Ops op = new(arena, workers, tape);
        Tensor x = Seeded.OnTape(tape, Seeded.Tensor(arena, 4, 16, seed: 2));

        ArenaMark before = arena.Mark();
        Recompute.Block(op, x, (inner, h) => inner.Linear(inner.Linear(inner.Linear(h, w), w), w));

        Assert.Equal(4 * 16, arena.Mark().Used - before.Used);
    }

    // y = x + block(x), so that the block's input has a gradient before the block is undone.
    private static float[] Gradients(Func<Ops, Tensor, Func<Ops, Tensor, Tensor>, Tensor> run)
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight gain = Seeded.Weight("gain", 1, 24, seed: 1);
        using Weight gate = Seeded.Weight("gate", 24, 24, seed: 2);
        Tape tape = new(arena);
        Ops op = new(arena, workers, tape);
        Tensor x = Seeded.OnTape(tape, Seeded.Tensor(arena, 5, 24, seed: 3));
        Tensor h = x;
        for (int layer = 0; layer < 3; layer++)
        {
            h = op.Add(h, run(op, h, (inner, z) => inner.SwiGlu(inner.Linear(inner.RmsNorm(z, gain, 1e-6f), gate), z)));
        }

        tape.Backward(h, Seeded.Values(5 * 24, seed: 4));
        return [.. h.Span, .. tape.Grad(x).Span, .. gain.Grad, .. gate.Grad];
    }
}
