using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Bench;

/// <summary>A model, an optimizer and the sequences of one training step.</summary>
internal sealed class StepCase : IDisposable
{
    // Other micro-batches and another thread count for the check: the bits must not know.
    private const int CheckRows = 512;

    private readonly ILanguageModel _model;
    private readonly Optimizer _optimizer;
    private readonly SequencePass _pass;
    private readonly SupervisedTrainer _trainer;
    private readonly IReadOnlyList<ScoredSequence> _sequences;

    /// <summary>A step of <paramref name="model"/>, whose owner this becomes.</summary>
    public StepCase(ILanguageModel model, Workers workers, OptimizerConfig config, int microBatchRows, IReadOnlyList<ScoredSequence> sequences)
    {
        ModelInitializer.Initialize(model, seed: 1);
        _model = model;
        _sequences = sequences;
        _optimizer = new(workers, ParameterGroups.Of(model), config, totalSteps: 1000);
        _pass = new(model, workers, microBatchRows);
        _trainer = new(model, _optimizer, _pass, biasStep: 0);
    }

    /// <summary>Sequences of one length over made-up tokens.</summary>
    public static IReadOnlyList<ScoredSequence> MadeUp(int vocabulary, int sequences, int length) =>
    [
        .. Enumerable.Range(0, sequences).Select(s =>
        {
            CounterRandom random = new CounterRandom(1, "bench tokens").Split((ulong)s);
            return new ScoredSequence([.. Enumerable.Range(0, length + 1).Select(_ => random.NextInt(0, vocabulary - 1))]);
        }),
    ];

    /// <summary>Throws unless every log-probability is the same for one thread and other micro-batches, and with a tape.</summary>
    public void Check()
    {
        using Workers alone = new(1);
        using SequencePass other = new(_model, alone, CheckRows);
        float[][] expected = other.Score(_sequences);
        float[][] plain = _pass.Score(_sequences);
        _pass.Learn(_sequences, temperature: 1, (i, logProbs, seeds) =>
        {
            seeds.Clear();
            if (!logProbs.SequenceEqual(expected[i]) || !plain[i].AsSpan().SequenceEqual(expected[i]))
            {
                throw new InvalidOperationException($"The log-probabilities of sequence {i} depend on threads, micro-batches or the tape.");
            }
        });
        _optimizer.ClearGradients();
    }

    /// <summary>One step: forward, back and update.</summary>
    public (double Flops, long Rows) Step()
    {
        _trainer.Step(_sequences);
        long rows = _sequences.Sum(s => (long)s.Rows);
        return (6.0 * _model.ActiveParameters * rows, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }
}
