using Spectre.Console;

namespace Sputnik.Cli;

/// <summary>A pull as one bar with rate and time left.</summary>
internal sealed class PullBar : IPullProgress
{
    private readonly ProgressTask _task;
    private int _files;
    private int _done;

    private PullBar(ProgressTask task) => _task = task;

    /// <summary>Shows the bar while <paramref name="work"/> runs.</summary>
    public static Task<T> Show<T>(IAnsiConsole console, Func<IPullProgress, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new DownloadedColumn(),
            new TransferSpeedColumn(),
            new RemainingTimeColumn())
        .StartAsync(context => work(new PullBar(context.AddTask("asking the hub"))));

    public void Started(int files, long bytes)
    {
        _files = files;
        _task.MaxValue = Math.Max(bytes, 1);
    }

    public void FileStarted(HubFile file, long bytesHere) => Describe("", file);

    public void Moved(long bytes) => _task.Increment(bytes);

    public void Checking(HubFile file) => Describe("checking ", file);

    public void FileDone(HubFile file) => _done++;

    private void Describe(string doing, HubFile file) => _task.Description = Markup.Escape($"{doing}{file.Path} ({_done + 1} of {_files})");
}
