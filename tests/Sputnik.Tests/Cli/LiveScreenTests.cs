using Spectre.Console;
using Sputnik.Cli;
using Sputnik.Tasks;
using Sputnik.Tests.Training;
using Sputnik.Training;

namespace Sputnik.Tests.Cli;

public sealed class LiveScreenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(60, 24)]
    [InlineData(140, 50)]
    public void A_frame_fits_the_terminal(int width, int height)
    {
        string[] lines = Frame(Progress(), width, height).TrimEnd('\n').Split('\n');

        Assert.InRange(lines.Length, 10, height);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void A_frame_shows_progress_curves_evaluations_and_the_gate()
    {
        string frame = Frame(Progress(), 100, 60);

        Assert.Contains("sketch", frame, StringComparison.Ordinal);
        Assert.Contains("R1-Zero ━━━━", frame, StringComparison.Ordinal);
        Assert.Contains("40/40", frame, StringComparison.Ordinal);
        Assert.Contains("█", frame, StringComparison.Ordinal);
        Assert.Contains("pass@1", frame, StringComparison.Ordinal);
        Assert.Contains("thinking pays", frame, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_recipe_is_not_read_as_markup()
    {
        RunProgress progress = new(0);
        progress.StageStarted("zero", "[red]not markup[/] [");

        Assert.Contains("[red]not markup[/] [", Frame(progress, 80, 24), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_is_drawn_again_only_after_a_pause()
    {
        int frames = 0;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
        LiveView view = new(new(0), console, _ => frames++, new StoppedClock());

        view.StageStarted("zero", "learns");
        view.Stepped(new() { Stage = "zero", Step = 1, Steps = 2 });
        view.Stepped(new() { Stage = "zero", Step = 2, Steps = 2 });

        Assert.Equal(1, frames);
    }

    private static string Frame(RunProgress progress, int width, int height)
    {
        using StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Write(LiveScreen.Of(progress, width, height));
        return output.ToString();
    }

    private RunProgress Progress()
    {
        RecordedRun run = RunSketch.Write(Path.Combine(_folder, "run"));
        RunProgress progress = new(0.04);
        progress.Started(new()
        {
            Recipe = run.Recipe,
            Folder = "runs/sketch-7",
            Machine = "a machine with a name so long that it does not fit on one line of a small terminal",
            Threads = 2,
            PeakGflops = 130,
            Parameters = 344_000,
            ActiveParameters = 160_000,
            VocabularySize = 512,
            Resumed = false,
        });
        progress.StageStarted("zero", "learns");
        progress.Note("The loss is near zero by construction.");
        foreach (EvaluationRecord evaluation in run.EvaluationsOn(Split.Validation))
        {
            progress.Evaluated(evaluation);
        }

        progress.Gated(StageGate.Of(run.Evaluations[0].Report));
        foreach (StepRecord step in run.StepsOf("zero"))
        {
            progress.Stepped(step);
        }

        return progress;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
