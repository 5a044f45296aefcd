using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class SupervisedTrainerTests
{
    [Fact]
    public void The_loss_falls()
    {
        (double[] losses, _) = Train(steps: 12, rows: 2048);

        Assert.InRange(losses[0], 0.8 * Math.Log(TinyModel.Vocabulary), 2 * Math.Log(TinyModel.Vocabulary));
        Assert.True(losses[^1] < 0.8 * losses[0], string.Join(' ', losses));
    }

    [Fact]
    public void Loss_and_weights_do_not_depend_on_the_micro_batch_to_the_bit()
    {
        (double[] losses, float[][] weights) = Train(steps: 3, rows: 2048);

        (double[] cut, float[][] cutWeights) = Train(steps: 3, rows: 50);

        Assert.Equal(losses, cut);
        Assert.Equal(weights, cutWeights);
    }

    [Fact]
    public void A_mixture_learns_and_its_biases_move_against_the_load()
    {
        using Workers workers = new(1);
        using DeepSeekV3Model model = TinyModel.CreateMixture();
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), new(), 8);
        using SequencePass pass = new(model, workers, 64);
        SupervisedTrainer trainer = new(model, optimizer, pass, biasStep: 0.003f);
        ScoredSequence[] sequences = TinyModel.Sequences(10);

        SupervisedReport[] reports = [.. Enumerable.Range(0, 8).Select(_ => trainer.Step(sequences))];

        Assert.True(reports[^1].Loss < reports[0].Loss);
        Assert.True(reports[0].Imbalance > 1);
        Assert.All(model.Routers, router => Assert.Contains(router.Bias?.Values.ToArray() ?? [], bias => bias != 0));
    }

    private static (double[] Losses, float[][] Weights) Train(int steps, int rows)
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using Optimizer optimizer = new(workers, ParameterGroups.Of(model), new(), steps);
        using SequencePass pass = new(model, workers, rows);
        SupervisedTrainer trainer = new(model, optimizer, pass);
        ScoredSequence[] sequences = TinyModel.Sequences(10);
        double[] losses = [.. Enumerable.Range(0, steps).Select(_ => trainer.Step(sequences).Loss)];
        return (losses, TinyModel.Values(model));
    }
}
