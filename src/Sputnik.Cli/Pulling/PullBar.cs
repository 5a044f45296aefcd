using Spectre.Console;
using Spectre.Console.Rendering;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A pull as one bar with rate and time left.</summary>
internal sealed class PullBar : IPullProgress
{
    private const int BarWidth = 16;

    private readonly ProgressTask _task;
    private readonly IAnsiConsole _console;
    private int _files;
    private int _done;

    private PullBar(ProgressTask task, IAnsiConsole console)
    {
        _task = task;
        _console = console;
    }

    /// <summary>Shows the bar while <paramref name="work"/> runs.</summary>
    public static Task<T> Show<T>(IAnsiConsole console, Func<IPullProgress, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = BarWidth },
            new PercentageColumn(),
            new BytesColumn(),
            new RemainingTimeColumn())
        .StartAsync(context => work(new PullBar(context.AddTask("asking the hub"), console)));

    public void Started(int files, long bytes)
    {
        _files = files;
        _task.MaxValue = Math.Max(bytes, 1);
    }

    public void FileStarted(HubFile file, long bytesHere) => Describe("", file);

    public void Moved(long bytes) => _task.Increment(bytes);

    public void Waiting(string why, TimeSpan pause) => _console.Write(Look.Say($"{why} Trying again in {Quantity.Duration(pause.TotalSeconds)}.\n", Look.Warning));

    public void Checking(HubFile file) => Describe("checking ", file);

    public void FileDone(HubFile file) => _done++;

    private void Describe(string doing, HubFile file) => _task.Description = Markup.Escape($"{doing}{file.Path} ({_done + 1} of {_files})");

    /// <summary>Bytes and rate in the units of all our tables, powers of ten.</summary>
    private sealed class BytesColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            Look.Say($"{Quantity.Scaled(task.Value)}B of {Quantity.Scaled(task.MaxValue)}B, {Quantity.Scaled(task.Speed ?? 0)}B/s");
    }
}
