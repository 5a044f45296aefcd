using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1023)]
    [InlineData(40_000)]
    public void AdamW_equals_its_scalar_twin_to_the_bit(int count)
    {
        using Workers workers = new(2);
        using Weight weight = Filled("x", 1, count, seed: 1), mean = Filled("m", 1, count, seed: 2), square = Squared("v", count);
        Fill(weight.Grad, seed: 4);
        AdamWFactors factors = new()
        {
            GradientScale = 0.7f,
            Beta1 = 0.9f,
            Beta2 = 0.95f,
            StepSize = 0.01f,
            RootCorrection = 1.5f,
            Epsilon = 1e-8f,
            Keep = 0.999f,
        };
        float[] w = weight.Values.ToArray(), m = mean.Values.ToArray(), v = square.Values.ToArray();

        AdamWKernel.Scalar(w, m, v, weight.Grad, factors);
        WeightUpdate.AdamW(workers, weight, mean, square, factors);

        Assert.Equal(w, weight.Values.ToArray());
        Assert.Equal(m, mean.Values.ToArray());
        Assert.Equal(v, square.Values.ToArray());
    }

    [Fact]
    public void AdamW_first_step_is_the_learning_rate_against_the_sign()
    {
        using Workers workers = new(1);
        using Weight weight = new("w", 1, 3);
        weight.Train();
        using AdamW adamW = new(workers, [weight], new() { LearningRate = 0.1f });
        new float[] { 2, -3, 0 }.CopyTo(weight.Grad);

        adamW.Step(step: 1, rateFactor: 1, gradientScale: 1);

        Assert.Equal([-0.1f, 0.1f, 0f], weight.Values.ToArray().Select(x => MathF.Round(x, 5)));
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(40, 24)]
    [InlineData(24, 40)]
    [InlineData(7, 3)]
    public void Muon_equals_its_definition_to_the_bit(int rows, int cols)
    {
        using Workers workers = new(1);
        using Weight weight = Filled("w", rows, cols, seed: 1), momentum = Filled("m", rows, cols, seed: 2);
        Fill(weight.Grad, seed: 3);
        float[] expected = Literal(weight, momentum, out float[] expectedMomentum);
        using MuonStep step = new(workers, [weight], [momentum]);

        step.Apply(new() { GradientScale = 0.5f, Momentum = 0.95f, LearningRate = 0.02f, Keep = 0.99f });

        Assert.Equal(expected, weight.Values.ToArray());
        Assert.Equal(expectedMomentum, momentum.Values.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        Assert.Equal(AfterSteps(1, 3), AfterSteps(threads, 3));
    }

    [Fact]
    public void A_resumed_optimizer_goes_on_to_the_bit()
    {
        float[][] whole = AfterSteps(1, 5);

        using Workers workers = new(1);
        Weight[] weights = Model();
        using Optimizer first = new(workers, Groups(weights), Config, 10);
        Advance(first, 2);
        using Optimizer second = new(workers, Groups(weights), Config, 10);
        foreach ((Weight from, Weight to) in first.State.Zip(second.State))
        {
            from.Values.CopyTo(to.Values);
        }

        second.Resume(first.Steps);
        Advance(second, 3);

        Assert.Equal(whole, weights.Select(w => w.Values.ToArray()));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_changes_nothing_and_is_named()
    {
        using Workers workers = new(1);
        Weight[] weights = Model();
        using Optimizer optimizer = new(workers, Groups(weights), Config, 10);
        weights[2].Grad[3] = float.NaN;
        float[] before = weights[0].Values.ToArray();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => optimizer.Step());

        Assert.Contains($"'{weights[2].Name}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, weights[0].Values.ToArray());
    }

    [Fact]
    public void A_long_gradient_is_clipped_to_the_norm()
    {
        using Workers workers = new(1);
        using Weight weight = new("w", 1, 2);
        using Optimizer optimizer = new(workers, new([weight], []), Config with { ClipNorm = 1 }, 1);
        new float[] { 3, 4 }.CopyTo(weight.Grad);

        OptimizerReport report = optimizer.Step();

        Assert.Equal(5f, report.GradientNorm);
        Assert.Equal([0.06f, 0.08f], optimizer.State[0].Values.ToArray().Select(x => MathF.Round(x, 6)));
    }

    private static ParameterGroups Groups(Weight[] weights) => new(weights, [weights[2], weights[4]]);

    private static OptimizerConfig Config => new() { Schedule = new() { WarmUpSteps = 2 } };

    private static float[][] AfterSteps(int threads, int steps)
    {
        using Workers workers = new(threads);
        Weight[] weights = Model();
        using Optimizer optimizer = new(workers, Groups(weights), Config, 10);
        Advance(optimizer, steps);
        return [.. weights.Select(w => w.Values.ToArray())];
    }

    private static void Advance(Optimizer optimizer, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            ulong seed = 100 + (ulong)optimizer.Steps;
            foreach (Weight weight in optimizer.Weights)
            {
                Fill(weight.Grad, seed);
            }

            optimizer.Step();
        }
    }

    private static Weight[] Model() =>
    [
        Filled("model.embed_tokens.weight", 50, 32, seed: 1),
        Filled("model.norm.weight", 1, 32, seed: 2),
        Filled("model.layers.0.self_attn.q_proj.weight", 48, 32, seed: 3),
        Filled("model.layers.1.mlp.gate.weight", 8, 32, seed: 4),
        Filled("model.layers.1.mlp.experts.0.up_proj.weight", 20, 32, seed: 5),
        Filled("lm_head.weight", 50, 32, seed: 6),
    ];

    private static float[] Literal(Weight weight, Weight momentum, out float[] moved)
    {
        (int rows, int cols) = (weight.Out, weight.In);
        bool turned = rows < cols;
        float[] u = new float[rows * cols];
        moved = momentum.Values.ToArray();
        for (int i = 0; i < u.Length; i++)
        {
            float d = weight.Grad[i] * 0.5f;
            moved[i] = MathF.FusedMultiplyAdd(0.95f, moved[i], d);
            u[i] = MathF.FusedMultiplyAdd(0.95f, moved[i], d);
        }

        float inverse = (float)(1 / (Math.Sqrt(SquareSumKernel.Scalar(u)) + 1e-7));
        float[,] y = new float[Math.Max(rows, cols), Math.Min(rows, cols)];
        for (int i = 0; i < u.Length; i++)
        {
            y[turned ? i % cols : i / cols, turned ? i / cols : i % cols] = u[i] * inverse;
        }

        y = NewtonSchulzKernel.Scalar(y);
        float rate = 0.02f * MathF.Sqrt(MathF.Max(1, (float)rows / cols));
        float[] result = weight.Values.ToArray();
        for (int i = 0; i < u.Length; i++)
        {
            float o = y[turned ? i % cols : i / cols, turned ? i / cols : i % cols];
            result[i] = MathF.FusedMultiplyAdd(0.99f, result[i], -(rate * o));
        }

        return result;
    }

    private static Weight Filled(string name, int rows, int cols, ulong seed)
    {
        Weight weight = new(name, rows, cols);
        weight.Train();
        Fill(weight.Values, seed);
        return weight;
    }

    private static Weight Squared(string name, int count)
    {
        Weight weight = Filled(name, 1, count, seed: 3);
        foreach (ref float value in weight.Values)
        {
            value *= value;
        }

        return weight;
    }

    private static void Fill(Span<float> values, ulong seed)
    {
        CounterRandom random = new(seed, "optimizer tests");
        foreach (ref float value in values)
        {
            value = random.NextNormal();
        }
    }
}
