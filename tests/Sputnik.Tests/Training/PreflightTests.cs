using Sputnik.Models;
using Sputnik.Tasks;
using Sputnik.Tensors;
using Sputnik.Text;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class PreflightTests
{
    private static readonly ProblemSource Source = new(new());
    private static readonly Problem Example = Source.Distinct(Split.Train, seed: 1, count: 1)[0];
    private static readonly Tokenizer Vocabulary = BpeTrainer.Train([Example.Prompt], 270, new());

    [Fact]
    public void The_template_renders() => Assert.True(Preflight.TemplateRenders(Vocabulary, Example).Passed);

    [Fact]
    public void A_fast_and_fair_judge_passes() => Assert.True(Preflight.RewardTimed(new(Source.Families), Example, 180).Passed);

    [Fact]
    public void A_judge_that_refuses_the_right_answer_does_not()
    {
        PreflightResult result = Preflight.RewardTimed(new(Source.Families), Example with { Answer = "none" }, 180);

        Assert.Equal((false, "The judge refuses the problem's own answer, 'none'."), (result.Passed, result.Message));
    }

    [Fact]
    public void A_group_of_cut_responses_does_not_pass()
    {
        Response cut = new("and so on", 180, Truncated: true);

        Assert.False(Preflight.NotAllTruncated([cut, cut]).Passed);
        Assert.True(Preflight.NotAllTruncated([cut, cut with { Truncated = false }]).Passed);
    }

    [Fact]
    public void A_tokenizer_that_is_larger_than_the_model_is_noticed()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers);

        PreflightResult result = Preflight.EndTokenReachable(model, pass, Vocabulary, new(null, "1"));

        Assert.False(result.Passed);
        Assert.Equal("The tokenizer has 270 tokens, the model 23: they do not belong together.", result.Message.Replace($"{Vocabulary.VocabularySize}", "270", StringComparison.Ordinal));
    }

    [Fact]
    public void Examples_must_fit_and_teach()
    {
        Assert.False(Preflight.MaskNotEmpty([], 128).Passed);
        Assert.False(Preflight.MaskNotEmpty([new(new int[130])], 128).Passed);
        Assert.True(Preflight.MaskNotEmpty(TinyModel.Sequences(3), 128).Passed);
    }

    [Fact]
    public void The_forecast_covers_what_a_step_takes()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        MemoryForecast forecast = MemoryForecast.Of(model, rows: 2048, reference: false);

        Assert.True(Preflight.MemorySuffices(forecast, forecast.Total).Passed);
        Assert.False(Preflight.MemorySuffices(forecast, forecast.Total - 1).Passed);
        Assert.True(forecast.Weights >= 4 * sizeof(float) * model.Parameters);
    }
}
