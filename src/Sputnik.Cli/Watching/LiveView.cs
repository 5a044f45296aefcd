using Spectre.Console;
using Spectre.Console.Rendering;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>
/// A run drawn anew in place. Frames are drawn on the training thread, when it calls: after one that took t the next waits
/// 100 · t, up to two seconds, so that looking on costs less than a hundredth of the time.
/// </summary>
/// <param name="progress">Gathers what is drawn.</param>
/// <param name="console">Says how large the terminal is now.</param>
/// <param name="show">Replaces the frame.</param>
/// <param name="time">The clock.</param>
internal sealed class LiveView(RunProgress progress, IAnsiConsole console, Action<IRenderable> show, TimeProvider time) : IRunObserver
{
    private const int PauseFactor = 100;

    // More often than this nobody can read.
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(250);

    // The first frames are compiled while they are drawn, and say nothing of the later ones.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private long _last;
    private TimeSpan _pause;

    public void Started(RunStart run)
    {
        progress.Started(run);
        Draw();
    }

    public void StageStarted(string stage, string purpose)
    {
        progress.StageStarted(stage, purpose);
        Draw();
    }

    public void Stepped(StepRecord step)
    {
        progress.Stepped(step);
        if (time.GetElapsedTime(_last) >= _pause)
        {
            Draw();
        }
    }

    public void Evaluated(EvaluationRecord evaluation)
    {
        progress.Evaluated(evaluation);
        Draw();
    }

    public void Gated(StageGate gate)
    {
        progress.Gated(gate);
        Draw();
    }

    public void Checked(IReadOnlyList<PreflightResult> results)
    {
        progress.Checked(results);
        foreach (PreflightResult result in results.Where(r => !r.Passed))
        {
            progress.Note($"{result.Name}: {result.Message}");
        }

        Draw();
    }

    public void Note(string sentence)
    {
        progress.Note(sentence);
        Draw();
    }

    public void Ended(RunSummary summary) => progress.Ended(summary);

    private void Draw()
    {
        long start = time.GetTimestamp();
        show(LiveScreen.Of(progress, console.Profile.Width, console.Profile.Height));
        _last = time.GetTimestamp();
        TimeSpan paused = PauseFactor * time.GetElapsedTime(start, _last);
        _pause = TimeSpan.FromTicks(Math.Clamp(paused.Ticks, LeastPause.Ticks, LongestPause.Ticks));
    }
}
