using System.Collections.Immutable;
using System.Diagnostics;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>
/// Times prefill, decoding and a training step of a model on made-up tokens. Values do not matter to the speed; the training
/// step changes the weights in memory, so the model is of no use afterwards.
/// </summary>
internal sealed class SpeedCheck : IDisposable
{
    private const int PrefillRows = 512;
    private const int TrainRows = 1536;

    // Problems with their answers are about this long.
    private const int SequenceRows = 128;
    private const int LeastRepetitions = 5;
    private const int MostRepetitions = 200;

    // Repetitions of one measurement go on for so long.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);
    private static readonly ImmutableArray<int> DecodeRows = [1, 8, 32, 256];

    private readonly ILanguageModel _model;
    private readonly Workers _workers;
    private readonly double _peak;
    private readonly int _length;
    private readonly Arena _arena = new();
    private readonly Ops _op;

    public SpeedCheck(ILanguageModel model, Workers workers)
    {
        _model = model;
        _workers = workers;
        _length = Math.Min(SequenceRows, model.MaxLength);
        _op = new(_arena, workers);
        _peak = FmaPeak.Measure(workers);
    }

    /// <summary>All measurements.</summary>
    public SpeedReport Run(string name) => new()
    {
        Model = name,
        Family = _model.Architecture,
        Parameters = _model.Parameters,
        Active = _model.ActiveParameters,
        Machine = MachineName.Current,
        Threads = _workers.Threads,
        PeakGflops = _peak,
        Lines = [Prefill(), .. DecodeRows.Select(Decode), Train()],
    };

    public void Dispose() => _arena.Dispose();

    private SpeedLine Prefill()
    {
        int sequences = Math.Max(1, PrefillRows / _length);
        using KvCache cache = Cache(sequences);
        var batch = new Batch(sequences * _length);
        for (int s = 0; s < sequences; s++)
        {
            Fill(batch, Open(cache));
        }

        return Measure("prefill", batch.Rows, 2, () => Forward(batch, cache));
    }

    /// <summary>A step that feeds one row to each of <paramref name="sequences"/> sequences in the middle of their length.</summary>
    private SpeedLine Decode(int sequences)
    {
        using KvCache cache = Cache(sequences);
        var prompt = new Batch(_length);
        var batch = new Batch(sequences);
        for (int s = 0; s < sequences; s++)
        {
            int sequence = Open(cache);
            prompt.Clear();
            Fill(prompt, sequence);
            Forward(prompt, cache);
            batch.Add(Token(s), sequence, _length / 2);
        }

        return Measure($"decode, {sequences} at once", batch.Rows, 2, () => Forward(batch, cache));
    }

    private SpeedLine Train()
    {
        ScoredSequence[] sequences = [.. Enumerable.Range(0, Math.Max(1, TrainRows / _length)).Select(_ =>
            new ScoredSequence([.. Enumerable.Range(0, _length + 1).Select(Token)]))];
        using var optimizer = new Optimizer(_workers, ParameterGroups.Of(_model), new(), totalSteps: MostRepetitions);
        using var pass = new SequencePass(_model, _workers, TrainRows);
        var trainer = new SupervisedTrainer(_model, optimizer, pass);
        return Measure("training step", sequences.Sum(s => s.Rows), 6, () => trainer.Step(sequences));
    }

    private SpeedLine Measure(string name, int rows, int flopsPerParameter, Action repeat)
    {
        // Twice: once for the memory, once for the compiler's second tier to notice.
        repeat();
        repeat();
        List<double> seconds = [];
        long start = Stopwatch.GetTimestamp();
        while (seconds.Count < LeastRepetitions || (seconds.Count < MostRepetitions && Stopwatch.GetElapsedTime(start) < Budget))
        {
            long begin = Stopwatch.GetTimestamp();
            repeat();
            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }

        seconds.Sort();
        double median = seconds[seconds.Count / 2];
        double gflops = (double)flopsPerParameter * rows * _model.ActiveParameters / median / 1e9;
        return new(name, rows, median, seconds.Count, gflops, gflops / _peak);
    }

    private void Forward(Batch batch, KvCache cache)
    {
        _arena.Reset();
        _op.Linear(_model.Hidden(_op, batch, cache), _model.Head);
    }

    private KvCache Cache(int sequences)
    {
        int pages = (_length + KvCache.PageKeys - 1) / KvCache.PageKeys;
        return new(_model.KvShape, sequences * pages, sequences, _length);
    }

    private int Open(KvCache cache)
    {
        int sequence = cache.Open();
        cache.Extend(sequence, _length);
        return sequence;
    }

    private void Fill(Batch batch, int sequence)
    {
        for (int position = 0; position < _length; position++)
        {
            batch.Add(Token(position), sequence, position);
        }
    }

    private int Token(int i) => (i * 31) % _model.VocabularySize;
}
