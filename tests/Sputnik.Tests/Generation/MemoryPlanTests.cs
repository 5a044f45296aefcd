using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;
using Sputnik.Tests.Models;

namespace Sputnik.Tests.Generation;

public sealed class MemoryPlanTests
{
    [Fact]
    public void The_whole_is_the_sum_of_its_parts()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");

        MemoryPlan plan = MemoryPlan.Of(model, context: 100, sequences: 3);

        Assert.Equal(plan.Weights + plan.Cache + plan.Scratch, plan.Total);
    }

    [Fact]
    public void The_cache_is_its_pages_over_all_layers_and_sequences()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        KvShape kv = model.KvShape;
        long token = (long)kv.Layers * kv.Heads * (kv.KeyCols + kv.ValueCols) * sizeof(float);

        Assert.Equal(64 * token, MemoryPlan.Of(model, 1).Cache);
        Assert.Equal(64 * token, MemoryPlan.Of(model, 64).Cache);
        Assert.Equal(128 * token * 3, MemoryPlan.Of(model, 65, sequences: 3).Cache);
    }

    [Fact]
    public void An_embedding_is_held_only_where_it_is_the_head_too()
    {
        using GroupedModel own = new(Shapes.TinyQwen with { TiedEmbeddings = false });
        using GroupedModel tied = new(Shapes.TinyQwen with { TiedEmbeddings = true });

        Assert.Equal(MemoryPlan.Of(tied, 64).Weights, MemoryPlan.Of(own, 64).Weights);
        Assert.Equal(tied.Weights.Sum(w => w.Count) * sizeof(float), MemoryPlan.Of(tied, 64).Weights);
    }

    [Theory]
    [InlineData("tiny-qwen2", "Q4_K_M")]
    [InlineData("tiny-qwen3moe", "Q8_0")]
    [InlineData("tiny-qwen2-tied", "IQ4_XS")]
    public void Coded_weights_take_what_their_panels_take(string name, string type)
    {
        string path = Path.Combine(GoldenFolder.Models, name, $"{name}.{type}.gguf");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        using ILanguageModel model = ModelFile.Open(path, new() { MaxLength = 64 }).Model;
        using Workers workers = new(1);
        IEnumerable<Weight> held = model.Weights.Where((w, i) => model.Declarations[i].Role is not WeightRole.Embedding || w == model.Head);
        long panels = held.Sum(w => w.Format.IsCoded() ? w.Panels(workers).Count * w.Panels(workers).PanelBytes : w.Count * sizeof(float));

        // Panels spread the scales a little wider than the file does.
        Assert.InRange(panels, 0.95 * MemoryPlan.Of(model, 64).Weights, 1.15 * MemoryPlan.Of(model, 64).Weights);
    }

    [Fact]
    public void No_tokens_need_no_plan()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");

        Assert.Throws<ArgumentOutOfRangeException>(() => MemoryPlan.Of(model, 0));
    }
}
