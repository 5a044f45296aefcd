using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class RouterTests
{
    private static readonly int[][] Sequences = Rollout.Sequences(vocabulary: 24, 20, 13);

    [Fact]
    public void Only_recorded_passes_are_counted()
    {
        using ILanguageModel model = Rollout.Model("expanded");
        Router router = Assert.Single(model.Routers);

        Rollout.Logits(model, Sequences);
        long unrecorded = Total(router);
        Rollout.Logits(model, Sequences, recorded: true);

        Assert.Equal(0, unrecorded);
        Assert.Equal(33 * 2, Total(router));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recomputed_block_counts_once(bool recompute)
    {
        using ILanguageModel model = Rollout.Model("expanded");
        model.RecomputeBlocks = recompute;

        Backward(model);

        Assert.Equal(33 * 2, Total(model.Routers[0]));
    }

    [Fact]
    public void An_update_pulls_the_bias_towards_even_loads_and_counts_anew()
    {
        using ILanguageModel model = Rollout.Model("expanded");
        Router router = model.Routers[0];
        Weight bias = Assert.IsType<Weight>(router.Bias);
        Rollout.Logits(model, Sequences, recorded: true);
        long[] loads = router.Loads.ToArray();
        float[] before = bias.Values.ToArray();
        long version = bias.Version;

        router.UpdateBias(0.25f);

        // 33 rows to 2 of 8 experts: the mean is 8.25.
        Assert.Equal(before.Zip(loads, (b, load) => load > 8.25 ? b - 0.25f : b + 0.25f), bias.Values.ToArray());
        Assert.NotEqual(version, bias.Version);
        Assert.Equal(0, Total(router));
    }

    [Fact]
    public void Even_loads_leave_the_bias_alone()
    {
        using ILanguageModel model = Rollout.Model("expanded");
        Weight bias = Assert.IsType<Weight>(model.Routers[0].Bias);
        float[] before = bias.Values.ToArray();

        model.Routers[0].UpdateBias(0.25f);

        Assert.Equal(before, bias.Values.ToArray());
    }

    [Fact]
    public void Updates_even_out_the_loads()
    {
        using ILanguageModel model = Rollout.Model("expanded");
        Router router = model.Routers[0];
        Rollout.Logits(model, Sequences, recorded: true);
        float start = router.Imbalance;

        for (int step = 0; step < 100; step++)
        {
            router.UpdateBias(0.01f);
            Rollout.Logits(model, Sequences, recorded: true);
        }

        Assert.True(router.Imbalance < start, $"Imbalance went from {start} to {router.Imbalance}.");
        Assert.InRange(router.Imbalance, 1, 1.5f);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-0.1f)]
    public void A_step_that_is_no_step_is_refused(float gamma)
    {
        using ILanguageModel model = Rollout.Model("expanded");

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Routers[0].UpdateBias(gamma));
    }

    [Fact]
    public void A_gate_without_a_bias_says_so()
    {
        using ILanguageModel model = Rollout.Model("softmax");

        Assert.Throws<InvalidOperationException>(() => model.Routers[0].UpdateBias(0.001f));
    }

    private static void Backward(ILanguageModel model)
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using KvCache kv = Rollout.Cache(model, Sequences);
        Batch batch = new(33);
        foreach (int[] tokens in Sequences)
        {
            int sequence = kv.Open();
            kv.Extend(sequence, tokens.Length);
            batch.Add(tokens, sequence);
        }

        Tape tape = new(arena);
        Ops op = new(arena, workers, tape);
        Tensor hidden = model.Hidden(op, batch, kv);
        float[] seed = new float[hidden.Span.Length];
        Array.Fill(seed, 1);
        tape.Backward(hidden, seed);
    }

    private static long Total(Router router)
    {
        long total = 0;
        foreach (long load in router.Loads)
        {
            total += load;
        }

        return total;
    }
}
