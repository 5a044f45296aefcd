using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class ModelInitializerTests
{
    [Fact]
    public void One_seed_is_one_model()
    {
        using DeepSeekV3Model a = new(Shapes.TinyDeepSeek);
        using DeepSeekV3Model b = new(Shapes.TinyDeepSeek);
        using DeepSeekV3Model c = new(Shapes.TinyDeepSeek);

        ModelInitializer.Initialize(a, 7);
        ModelInitializer.Initialize(b, 7);
        ModelInitializer.Initialize(c, 8);

        Assert.Equal(WeightHash.Of(a), WeightHash.Of(b));
        Assert.NotEqual(WeightHash.Of(a), WeightHash.Of(c));
    }

    [Fact]
    public void A_weight_does_not_depend_on_which_others_there_are()
    {
        using GroupedModel small = new(Shapes.TinyQwen);
        using GroupedModel deeper = new(Shapes.TinyQwen with { Layers = 3 });

        ModelInitializer.Initialize(small, 7);
        ModelInitializer.Initialize(deeper, 7);

        Assert.Equal(Find(small, "model.layers.1.self_attn.q_proj.weight").Values, Find(deeper, "model.layers.1.self_attn.q_proj.weight").Values);
    }

    [Fact]
    public void Matrices_have_variance_one_over_fan_in_and_residual_outputs_less_by_the_number_of_layers()
    {
        using GroupedModel model = new(Shapes.TinyQwen with { HiddenSize = 128, FeedForwardSize = 256 });

        ModelInitializer.Initialize(model, 7);

        Assert.Equal(1 / 128.0, Variance(Find(model, "model.layers.0.mlp.up_proj.weight")), 5e-4);
        Assert.Equal(1 / 256.0 / 4, Variance(Find(model, "model.layers.0.mlp.down_proj.weight")), 5e-5);
    }

    [Fact]
    public void Gains_are_one_and_selection_biases_zero()
    {
        using DeepSeekV3Model model = new(Shapes.TinyDeepSeek);

        ModelInitializer.Initialize(model, 7);

        Assert.All(Find(model, "model.layers.1.self_attn.kv_a_layernorm.weight").Values.ToArray(), gain => Assert.Equal(1, gain));
        Assert.All(Find(model, "model.layers.1.mlp.gate.e_score_correction_bias").Values.ToArray(), bias => Assert.Equal(0, bias));
    }

    private static Weight Find(ILanguageModel model, string name) => model.Weights.Single(w => w.Name == name);

    private static double Variance(Weight weight) => weight.Values.ToArray().Average(v => (double)v * v);
}
