using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class GrpoUpdateTests
{
    private static readonly OptimizerConfig Steps = new() { Muon = null, AdamW = new() { LearningRate = 2e-3f } };

    [Fact]
    public void The_rewarded_responses_become_likelier_and_the_others_less()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers);
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), Steps, 1);
        RolloutGroup[] groups = Groups(pass);
        (double right, double wrong) = Likelihood(pass, groups);

        GrpoReport report = new GrpoUpdate(model, optimizer, pass, null, new()).Run(groups);

        (double rightAfter, double wrongAfter) = Likelihood(pass, groups);
        Assert.True(rightAfter > right, $"{rightAfter} > {right}");
        Assert.True(wrongAfter < wrong, $"{wrongAfter} < {wrong}");
        Assert.Equal(1, report.OptimizerSteps);
        Assert.Equal(0, report.ClipFraction);
        Assert.True(report.GradientNorm > 0);
    }

    [Theory]
    [InlineData(LossAggregation.TokenMean)]
    [InlineData(LossAggregation.SequenceMean)]
    public void Loss_and_weights_do_not_depend_on_the_micro_batch_to_the_bit(LossAggregation aggregation)
    {
        GrpoConfig config = new() { Aggregation = aggregation, KlBeta = 0.05f };

        (GrpoReport whole, float[][] weights) = Update(config, rows: 4096);
        (GrpoReport cut, float[][] cutWeights) = Update(config, rows: 30);

        Assert.Equal(whole, cut);
        Assert.Equal(weights, cutWeights);
        Assert.True(whole.Kl > 0);
    }

    [Fact]
    public void A_weight_touched_between_rollout_and_update_is_noticed()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers);
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), Steps, 1);
        RolloutGroup[] groups = Groups(pass);
        model.Head.Values[0] += 1e-3f;
        model.Head.Touch();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => new GrpoUpdate(model, optimizer, pass, null, new()).Run(groups));

        Assert.StartsWith("Group 0, response 0, token ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_equal_rewards_change_nothing_and_are_counted()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers);
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), Steps, 1);
        float[][] before = TinyModel.Values(model);
        RolloutGroup[] groups = [.. Groups(pass).Select(g => new RolloutGroup([.. g.Rollouts.Select(r => r with { Reward = 1 })]))];

        GrpoReport report = new GrpoUpdate(model, optimizer, pass, null, new()).Run(groups);

        Assert.Equal((1.0, 0, 0L), (report.ZeroVarianceFraction, report.OptimizerSteps, report.TokensTrained));
        Assert.Equal(before, TinyModel.Values(model));
    }

    [Fact]
    public void A_mixture_is_on_policy_too()
    {
        using Workers workers = new(1);
        using DeepSeekV3Model model = TinyModel.CreateMixture();
        using SequencePass pass = new(model, workers, 50);
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), Steps, 1);

        GrpoReport report = new GrpoUpdate(model, optimizer, pass, null, new()).Run(Groups(pass));

        Assert.Equal(1, report.OptimizerSteps);
        Assert.True(report.Imbalance >= 1);
    }

    [Fact]
    public void Minibatches_and_epochs_step_the_policy_several_times()
    {
        (GrpoReport report, _) = Update(new() { Minibatches = 2, InnerEpochs = 2 }, rows: 4096);

        Assert.Equal(4, report.OptimizerSteps);
    }

    [Fact]
    public void The_loss_is_zero_on_policy_though_the_gradient_is_not()
    {
        GrpoConfig config = new() { Aggregation = LossAggregation.SequenceMean };

        (GrpoReport report, _) = Update(config, rows: 4096);

        Assert.Equal(0, report.Loss, 1e-6);
        Assert.True(report.GradientNorm > 1e-3);
    }

    private static (GrpoReport Report, float[][] Weights) Update(GrpoConfig config, int rows)
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create(), frozen = TinyModel.Create(seed: 2);
        using SequencePass pass = new(model, workers, rows), reference = new(frozen, workers, rows);
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), Steps, 8);
        GrpoReport report = new GrpoUpdate(model, optimizer, pass, reference, config).Run(Groups(pass));
        return (report, TinyModel.Values(model));
    }

    /// <summary>Four groups of three; the first response of each is rewarded.</summary>
    private static RolloutGroup[] Groups(SequencePass pass)
    {
        ScoredSequence[] sequences = TinyModel.Sequences(12, seed: 5);
        float[][] logProbs = pass.Score(sequences);
        return
        [
            .. Enumerable.Range(0, 4).Select(g => new RolloutGroup(
            [
                .. Enumerable.Range(3 * g, 3).Select(i => new Rollout(
                    sequences[i].Tokens[..sequences[i].From], sequences[i].Tokens[sequences[i].From..], logProbs[i], i == 3 * g ? 1 : 0)),
            ])),
        ];
    }

    private static (double Right, double Wrong) Likelihood(SequencePass pass, RolloutGroup[] groups)
    {
        Rollout[] all = [.. groups.SelectMany(g => g.Rollouts)];
        float[][] scores = pass.Score([.. all.Select(r => new ScoredSequence([.. r.Prompt, .. r.Response], r.Prompt.Length))]);
        double right = 0, wrong = 0;
        for (int i = 0; i < all.Length; i++)
        {
            (right, wrong) = all[i].Reward > 0 ? (right + scores[i].Sum(), wrong) : (right, wrong + scores[i].Sum());
        }

        return (right, wrong);
    }
}
