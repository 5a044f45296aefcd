using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class SequencePassTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(40, false)]
    [InlineData(100, false)]
    [InlineData(1, true)]
    [InlineData(40, true)]
    [InlineData(100, true)]
    public void Gradients_do_not_depend_on_the_micro_batch_to_the_bit(int rows, bool mixture)
    {
        ScoredSequence[] sequences = TinyModel.Sequences(12);

        Assert.Equal(Gradients(sequences, 4096, 1, mixture), Gradients(sequences, rows, 1, mixture));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_do_not_depend_on_the_threads_to_the_bit(bool mixture)
    {
        ScoredSequence[] sequences = TinyModel.Sequences(12);

        Assert.Equal(Gradients(sequences, 100, 1, mixture), Gradients(sequences, 100, 3, mixture));
    }

    [Fact]
    public void Recording_changes_no_score()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers, 64);
        ScoredSequence[] sequences = TinyModel.Sequences(7);

        float[][] recorded = new float[sequences.Length][];
        pass.Learn(sequences, 0.8f, (i, logProbs, seeds) => recorded[i] = logProbs.ToArray());

        Assert.Equal(pass.Score(sequences, 0.8f), recorded);
    }

    [Fact]
    public void A_sequence_scores_alone_as_it_does_in_company()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers);
        ScoredSequence[] sequences = TinyModel.Sequences(5);

        float[][] together = pass.Score(sequences);

        Assert.Equal(sequences.Select(s => pass.Score([s])[0]), together);
        Assert.Equal(sequences.Select(s => s.Count), together.Select(s => s.Length));
    }

    [Fact]
    public void A_sequence_longer_than_the_model_is_named()
    {
        using Workers workers = new(1);
        using GroupedModel model = TinyModel.Create();
        using SequencePass pass = new(model, workers, 16);

        ArgumentException error = Assert.Throws<ArgumentException>(() => pass.Score([new(new int[4]), new(new int[130])]));

        Assert.StartsWith("Sequence 1 has 130 tokens, the model 128 positions.", error.Message, StringComparison.Ordinal);
    }

    private static float[][] Gradients(ScoredSequence[] sequences, int rows, int threads, bool mixture)
    {
        using Workers workers = new(threads);
        using ILanguageModel model = mixture ? TinyModel.CreateMixture() : TinyModel.Create();
        IReadOnlyList<Weight> learned = ParameterGroups.Of(model).All;
        foreach (Weight weight in learned)
        {
            weight.Train();
        }

        using SequencePass pass = new(model, workers, rows);
        pass.Learn(sequences, 1, (i, logProbs, seeds) => seeds.Fill(-1f / (7 + i)));
        return [.. learned.Select(w => w.Grad.ToArray())];
    }
}
