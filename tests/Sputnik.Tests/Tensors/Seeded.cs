using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>Random values and weights for tests, from a seed and a name.</summary>
internal static class Seeded
{
    /// <summary>Normal values times <paramref name="scale"/>.</summary>
    public static float[] Values(int count, ulong seed, float scale = 1)
    {
        float[] values = new float[count];
        Fill(values, new CounterRandom(seed, "values"), scale);
        return values;
    }

    /// <summary>A trainable weight of normal values times <paramref name="scale"/>.</summary>
    public static Weight Weight(string name, int @out, int @in, ulong seed, float scale = 0.5f)
    {
        Weight weight = new(name, @out, @in);
        Fill(weight.Values, new CounterRandom(seed, name), scale);
        weight.Touch();
        weight.Train();
        return weight;
    }

    /// <summary>A matrix in an arena, off the tape.</summary>
    public static Tensor Tensor(Arena arena, int rows, int cols, ulong seed, float scale = 1)
    {
        Tensor tensor = arena.Allocate(rows, cols);
        Values(rows * cols, seed, scale).CopyTo(tensor.Span);
        return tensor;
    }

    /// <summary>The same values as a tensor a tape gathers a gradient for.</summary>
    public static unsafe Tensor OnTape(Tape tape, Tensor tensor) =>
        new(tensor.Data, tensor.Rows, tensor.Cols, tape.NewSlot());

    private static void Fill(Span<float> values, CounterRandom random, float scale)
    {
        foreach (ref float value in values)
        {
            value = random.NextNormal() * scale;
        }
    }
}
