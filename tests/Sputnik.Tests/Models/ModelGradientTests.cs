using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>The gradient law for whole models.</summary>
public sealed class ModelGradientTests
{
    private static readonly int[][] Sequences = Rollout.Sequences(vocabulary: 24, 4, 3);

    [Theory]
    [InlineData("qwen")]
    [InlineData("qwen tied")]
    [InlineData("llama")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("qwen moe over all")]
    [InlineData("expanded")]
    [InlineData("absorbed")]
    [InlineData("direct query")]
    [InlineData("softmax over all")]
    public void Every_gradient_is_the_slope(string shape)
    {
        using ILanguageModel model = Rollout.Model(shape);
        using KvCache kv = Rollout.Cache(model, Sequences);
        HoldRouting(model);
        Batch batch = Fill(kv);

        GradientCheck.Passes((op, _) => LogProb(model, op, batch, kv), rows: 1, cols: 1, Learning(model), tolerance: 2e-3);
    }

    [Theory]
    [InlineData("qwen")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("qwen moe")]
    [InlineData("expanded")]
    [InlineData("absorbed")]
    public void Recomputed_gradients_are_the_kept_ones_to_the_bit(string shape)
    {
        using ILanguageModel model = Rollout.Model(shape);

        Dictionary<string, float[]> kept = Gradients(model, threads: 1);
        model.RecomputeBlocks = true;
        Dictionary<string, float[]> recomputed = Gradients(model, threads: 1);

        Assert.Equal(kept, recomputed);
        // An expert nobody was sent to learns nothing.
        Assert.All(
            model.Declarations.Where(d => d.LearnsByGradient && !d.Routed),
            d => Assert.Contains(kept[d.Name], value => value != 0));
    }

    [Theory]
    [InlineData("qwen")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("qwen moe")]
    [InlineData("expanded")]
    [InlineData("absorbed")]
    public void Threads_change_no_bit_of_a_gradient(string shape)
    {
        using ILanguageModel model = Rollout.Model(shape);

        Dictionary<string, float[]> one = Gradients(model, threads: 1);
        Dictionary<string, float[]> three = Gradients(model, threads: 3);

        Assert.Equal(one, three);
    }

    [Fact]
    public void The_balance_loss_moves_only_what_stands_before_the_gate()
    {
        using DeepSeekV3Model without = new(Shapes.TinyDeepSeek);
        using DeepSeekV3Model with = new(Shapes.TinyDeepSeek with { BalanceLoss = 0.1f });
        ModelInitializer.Initialize(without, 3);
        ModelInitializer.Initialize(with, 3);

        Dictionary<string, float[]> a = Gradients(without, threads: 1);
        Dictionary<string, float[]> b = Gradients(with, threads: 1);

        Assert.NotEqual(a["model.layers.1.mlp.gate.weight"], b["model.layers.1.mlp.gate.weight"]);
        Assert.Equal(a["lm_head.weight"], b["lm_head.weight"]);
        Assert.Equal(a["model.layers.1.mlp.shared_experts.down_proj.weight"], b["model.layers.1.mlp.shared_experts.down_proj.weight"]);
    }

    private static Dictionary<string, float[]> Gradients(ILanguageModel model, int threads)
    {
        using Arena arena = new();
        using Workers workers = new(threads);
        using KvCache kv = Rollout.Cache(model, Sequences);
        Weight[] learning = Learning(model);
        foreach (Weight weight in learning)
        {
            weight.Train();
            weight.Grad.Clear();
        }

        Tape tape = new(arena);
        Tensor loss = LogProb(model, new Ops(arena, workers, tape), Fill(kv), kv);
        tape.Backward(loss, Seeded.Values(loss.Rows, seed: 9));
        return learning.ToDictionary(w => w.Name, w => w.Grad.ToArray());
    }

    private static Batch Fill(KvCache kv)
    {
        Batch batch = new(Sequences.Sum(s => s.Length));
        foreach (int[] tokens in Sequences)
        {
            int sequence = kv.Open();
            kv.Extend(sequence, tokens.Length);
            batch.Add(tokens, sequence);
        }

        return batch;
    }

    private static Tensor LogProb(ILanguageModel model, Ops op, Batch batch, KvCache kv)
    {
        int[] targets = [.. Sequences.SelectMany(s => s.Select(token => (token + 1) % model.VocabularySize))];
        return op.LogProb(model.Hidden(op, batch, kv), model.Head, targets, temperature: 0.8f);
    }

    private static Weight[] Learning(ILanguageModel model) =>
        [.. model.Weights.Where((_, i) => model.Declarations[i].LearnsByGradient)];

    // A choice has no slope: two biases that no affinity outdoes keep every row's experts where they are while weights move.
    private static void HoldRouting(ILanguageModel model)
    {
        foreach (Weight bias in model.Routers.Select(r => r.Bias).OfType<Weight>())
        {
            bias.Values[1] = 4;
            bias.Values[6] = 4;
            bias.Touch();
        }
    }
}
