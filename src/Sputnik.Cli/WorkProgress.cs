using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>How far a long piece of work is: silent for two seconds, then one line that is written again, or a line for each tenth.</summary>
/// <param name="total">Units to come.</param>
/// <param name="unit">What they are: "B", " tokens".</param>
/// <param name="output">Where it is said.</param>
/// <param name="isLive">Lines can be written again.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkProgress(long total, string unit, TextWriter output, bool isLive, TimeProvider time)
{
    private const int Tenths = 10;
    private const string ToLineStart = "\r\u001b[K";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.25);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _told;
    private long _done;
    private long _tenth;

    /// <summary>More units are done.</summary>
    /// <param name="units">How many.</param>
    /// <param name="note">What is known so far, said in front.</param>
    public void Moved(long units, string note = "")
    {
        _done += units;
        TimeSpan elapsed = time.GetElapsedTime(_start);
        long tenth = _done * Tenths / Math.Max(total, 1);
        bool due = isLive ? elapsed - _told >= Between : tenth > _tenth && tenth < Tenths;
        if (elapsed < Silence || !due)
        {
            return;
        }

        _told = elapsed;
        _tenth = tenth;
        double rate = _done / elapsed.TotalSeconds;
        string line = $"{note}{Quantity.Percent((double)_done / total)} of {Quantity.Scaled(total)}{unit}, {Quantity.Scaled(rate)}{unit}/s, {Quantity.Duration((total - _done) / rate)} left";
        if (isLive)
        {
            output.Write(ToLineStart + line);
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>The work has ended, well or not: the line goes away.</summary>
    public void End()
    {
        if (isLive && _told > TimeSpan.Zero)
        {
            output.Write(ToLineStart);
        }
    }
}
