using Sputnik.Cli;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Cli;

public sealed class MemorySharesTests : IDisposable
{
    private readonly ILanguageModel _model = TinyModels.Create("Qwen3");

    public void Dispose() => _model.Dispose();

    [Fact]
    public void One_alone_is_planned_as_ever_even_where_it_does_not_fit()
    {
        long free = 40 * _model.KvShape.PageBytes;

        EnginePlan plan = Assert.Single(MemoryShares.Of([("a", _model)], new(), free, allBytes: 1));

        Assert.Equal(EnginePlan.Of(_model, new(), free), plan);
    }

    [Fact]
    public void What_is_free_is_dealt_evenly()
    {
        long free = 80 * _model.KvShape.PageBytes;

        IReadOnlyList<EnginePlan> plans = MemoryShares.Of([("a", _model), ("b", _model)], new(), free, allBytes: 1L << 40);

        Assert.Equal([10, 10], plans.Select(plan => plan.Pages));
    }

    [Fact]
    public void The_one_that_does_not_fit_beside_the_others_is_refused_by_its_name()
    {
        long one = EnginePlan.Of(_model, new(), freeBytes: 0).TotalBytes;

        IReadOnlyList<EnginePlan> fit = MemoryShares.Of([("a", _model), ("b", _model)], new(), freeBytes: 0, allBytes: 2 * one);
        ArgumentException error = Assert.Throws<ArgumentException>(() => MemoryShares.Of([("a", _model), ("b", _model), ("c", _model)], new(), freeBytes: 0, allBytes: 2 * one));

        Assert.Equal(2 * one, fit.Sum(plan => plan.TotalBytes));
        Assert.StartsWith("'c' does not fit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_reads_less_than_is_asked_for_is_named() => Assert.Contains(
        "'b' reads 256 tokens",
        Assert.Throws<ArgumentException>(() => MemoryShares.Of([("b", _model)], new() { ContextTokens = 257 }, freeBytes: 0, allBytes: 1)).Message,
        StringComparison.Ordinal);
}
