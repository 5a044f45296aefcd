using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

public sealed class MemoryPlanTests
{
    [Fact]
    public void Weights_take_their_stored_bytes_and_the_cache_whole_pages_for_every_sequence()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");

        MemoryPlan plan = MemoryPlan.Of(model, context: 100, sequences: 3);

        Assert.Equal(model.Weights.Sum(w => w.Count) * sizeof(float), plan.Weights);
        Assert.Equal(3 * 2 * model.KvShape.PageBytes, plan.Cache);
        Assert.Equal(plan.Weights + plan.Cache + plan.Scratch, plan.Total);
    }
}
