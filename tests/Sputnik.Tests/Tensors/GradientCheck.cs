using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>Holds the tape's gradient of Σ seed · graph(x) to central differences, for x and every weight.</summary>
internal static class GradientCheck
{
    // Four points cancel the h² and h³ terms, so h may be large enough for float32 to resolve the difference.
    private const float Step = 0.02f;

    /// <summary>
    /// Checks a graph at a random input of [rows, cols]. A difference may be <paramref name="tolerance"/> times the larger
    /// of 1 and the gradient.
    /// </summary>
    public static void Passes(
        Func<Ops, Tensor, Tensor> graph, int rows, int cols, IReadOnlyList<Weight> weights, ulong seed = 1, double tolerance = 1e-3)
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Tensor x = Seeded.Tensor(arena, rows, cols, seed);
        Graph check = new(graph, arena, workers, x, OutputSeed(graph, arena, workers, x, seed));
        foreach (Weight weight in weights)
        {
            weight.Train();
            weight.Grad.Clear();
        }

        float[] dx = check.Backward();

        Compare(check, "x", x.Span, dx, touch: null, tolerance);
        foreach (Weight weight in weights)
        {
            Compare(check, weight.Name, weight.Values, weight.Grad, weight.Touch, tolerance);
        }
    }

    private static float[] OutputSeed(Func<Ops, Tensor, Tensor> graph, Arena arena, Workers workers, Tensor x, ulong seed)
    {
        ArenaMark mark = arena.Mark();
        int length = graph(new Ops(arena, workers), x).Span.Length;
        arena.Release(mark);
        return Seeded.Values(length, seed + 1);
    }

    private static void Compare(
        Graph check, string name, Span<float> values, ReadOnlySpan<float> gradient, Action? touch, double tolerance)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float kept = values[i];
            double near = Difference(check, ref values[i], kept, Step / 2, touch);
            double far = Difference(check, ref values[i], kept, Step, touch);
            values[i] = kept;
            touch?.Invoke();

            double numeric = ((4 * near) - far) / 3;
            double allowed = tolerance * Math.Max(1, Math.Abs(numeric));
            Assert.True(
                Math.Abs(gradient[i] - numeric) <= allowed,
                $"d {name}[{i}] is {gradient[i]} on the tape and {numeric} by central differences.");
        }
    }

    private static double Difference(Graph check, ref float value, float at, float step, Action? touch)
    {
        value = at + step;
        double width = value;
        touch?.Invoke();
        double above = check.Loss();

        value = at - step;
        width -= value;
        touch?.Invoke();
        return (above - check.Loss()) / width;
    }

    private sealed record Graph(Func<Ops, Tensor, Tensor> Word, Arena Arena, Workers Workers, Tensor X, float[] Seed)
    {
        /// <summary>Σ seed · y in double, no tape.</summary>
        public double Loss()
        {
            ArenaMark mark = Arena.Mark();
            Span<float> y = Word(new Ops(Arena, Workers), X).Span;
            double loss = 0;
            for (int i = 0; i < y.Length; i++)
            {
                loss += (double)y[i] * Seed[i];
            }

            Arena.Release(mark);
            return loss;
        }

        /// <summary>Runs forward and back on a tape; returns dx, weights gather theirs.</summary>
        public float[] Backward()
        {
            ArenaMark mark = Arena.Mark();
            Tape tape = new(Arena);
            Tensor x = Seeded.OnTape(tape, X);
            Tensor y = Word(new Ops(Arena, Workers, tape), x);
            tape.Backward(y, Seed);
            float[] dx = tape.Grad(x).Span.ToArray();
            Arena.Release(mark);
            return dx;
        }
    }
}
