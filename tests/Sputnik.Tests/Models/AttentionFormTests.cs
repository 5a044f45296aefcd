using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class AttentionFormTests
{
    // Float32 sums of a few dozen terms in two orders, two layers deep.
    private const float Tolerance = 2e-5f;

    [Fact]
    public void Absorbed_and_expanded_are_the_same_function()
    {
        using ILanguageModel expanded = Rollout.Model("expanded");
        using ILanguageModel absorbed = Rollout.Model("absorbed");
        int[][] sequences = Rollout.Sequences(expanded.VocabularySize, 70, 9);

        float[][] a = Rollout.Logits(expanded, sequences);
        float[][] b = Rollout.Logits(absorbed, sequences);

        Assert.Equal(WeightHash.Of(expanded), WeightHash.Of(absorbed));
        Assert.All(a.Zip(b).SelectMany(pair => pair.First.Zip(pair.Second)), x => Assert.Equal(x.First, x.Second, Tolerance));
    }

    [Fact]
    public void The_absorbed_form_caches_the_latent_once()
    {
        using ILanguageModel expanded = Rollout.Model("expanded");
        using ILanguageModel absorbed = Rollout.Model("absorbed");

        Assert.Equal(new KvShape(Layers: 2, Heads: 2, KeyCols: 10, ValueCols: 6), expanded.KvShape);
        Assert.Equal(new KvShape(Layers: 2, Heads: 1, KeyCols: 12, ValueCols: 8), absorbed.KvShape);
    }

    [Fact]
    public void A_cache_of_another_shape_is_refused()
    {
        using ILanguageModel expanded = Rollout.Model("expanded");
        using ILanguageModel absorbed = Rollout.Model("absorbed");
        using Arena arena = new();
        using Workers workers = new(1);
        using KvCache kv = new(absorbed.KvShape, pages: 1, sequences: 1, maxLength: 64);
        Batch batch = new(1);
        batch.Add(0, kv.Open(), 0);

        Assert.Throws<ArgumentException>(() => expanded.Hidden(new Ops(arena, workers), batch, kv));
    }
}
