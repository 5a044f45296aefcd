using Sputnik.Training;

namespace Sputnik.EndToEnd.Tests;

/// <summary>The whole recipe in miniature: vocabulary, base model, R1-Zero with a refreshed reference policy, judgement.</summary>
public sealed class MiniatureRunTests : IDisposable
{
    private const long LastPretrainStep = 24;
    private const long LastStep = 28;

    private static readonly Lazy<string> Uninterrupted = new(() =>
    {
        using var folder = new TemporaryFolder();
        return Run(folder.In("whole"), new() { Threads = 1, IgnoreGate = true }).WeightsSha256;
    });

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_weights_with_any_number_of_threads(int threads)
    {
        RunSummary summary = Run(_folder.In("again"), new() { Threads = threads, IgnoreGate = true });

        Assert.True(summary.Finished);
        Assert.Equal(Uninterrupted.Value, summary.WeightsSha256);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 2)]
    [InlineData(LastPretrainStep, 1)]
    [InlineData(LastPretrainStep + 1, 2)]
    [InlineData(LastPretrainStep + 3, 1)]
    public void A_run_stopped_after_any_step_goes_on_to_the_same_weights(long stop, int threads)
    {
        string path = _folder.In("stopped");

        RunSummary first = Run(path, new() { Threads = 1, IgnoreGate = true, StopAfter = stop });
        RunSummary second = Run(path, new() { Threads = threads, IgnoreGate = true }, resume: true);

        Assert.False(first.Finished);
        Assert.True(second.Finished);
        Assert.Equal(Uninterrupted.Value, second.WeightsSha256);
        Assert.Equal(LastStep, File.ReadLines(Path.Combine(path, "metrics.jsonl")).Count());
    }

    [Fact]
    public void A_closed_gate_refuses_and_can_be_overridden_later()
    {
        string path = _folder.In("gate");

        Assert.Throws<TrainingRefusedException>(() => Run(path, new() { Threads = 2 }));
        RunSummary summary = Run(path, new() { Threads = 2, IgnoreGate = true }, resume: true);

        Assert.Equal(Uninterrupted.Value, summary.WeightsSha256);
    }

    private static RunSummary Run(string path, RunOptions options, bool resume = false) => TrainingRun.Execute(
        resume ? null : RecipeJson.Load(Repository.File("recipes/zero-mini"), []),
        path,
        options,
        new Quiet(),
        TestContext.Current.CancellationToken);

    private sealed class Quiet : IRunObserver
    {
        public void Started(RunStart run) { }

        public void StageStarted(string stage, string purpose) { }

        public void Stepped(StepRecord record) { }

        public void Evaluated(EvaluationRecord evaluation) { }

        public void Gated(StageGate gate) { }

        public void Checked(IReadOnlyList<PreflightResult> results) { }

        public void Note(string sentence) { }

        public void Ended(RunSummary summary) { }
    }
}
