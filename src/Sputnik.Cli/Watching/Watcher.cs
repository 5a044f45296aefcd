using Spectre.Console;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>Chooses how a run is shown: live at a terminal, plain lines elsewhere, JSON lines for machines.</summary>
internal static class Watcher
{
    /// <summary>Executes a run under the view that fits the output.</summary>
    public static RunSummary Watch(bool json, double price, Func<IRunObserver, RunSummary> execute)
    {
        if (json)
        {
            return execute(new JsonLog(Console.Out));
        }

        var kind = TerminalKind.OfOutput();
        return kind.IsLive
            ? Live(kind.ToConsole(), price, execute)
            : execute(new PlainLog(Console.Out, TimeProvider.System, PlainLog.DefaultPause, price));
    }

    private static RunSummary Live(IAnsiConsole console, double price, Func<IRunObserver, RunSummary> execute)
    {
        var progress = new RunProgress(price);
        try
        {
            return console.Live(new Rows()).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).Start(context =>
                execute(new LiveView(progress, console, context.UpdateTarget, TimeProvider.System)));
        }
        finally
        {
            // What stays on the screen is the whole, however high: also of a run that was stopped.
            console.Write(LiveScreen.Of(progress, console.Profile.Width, int.MaxValue));
            if (progress.Summary is { } summary)
            {
                console.Write(Look.Say(RunWords.End(summary, price) + "\n"));
            }
        }
    }
}
