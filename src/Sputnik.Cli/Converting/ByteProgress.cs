using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>How far a long piece of work is: silent for two seconds, then one line that is written again, or a line for each tenth.</summary>
/// <param name="total">Bytes to come.</param>
/// <param name="output">Where it is said.</param>
/// <param name="isLive">Lines can be written again.</param>
/// <param name="time">The clock.</param>
internal sealed class ByteProgress(long total, TextWriter output, bool isLive, TimeProvider time)
{
    private const int Tenths = 10;
    private const string ToLineStart = "\r\u001b[K";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.25);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _told;
    private long _done;
    private long _tenth;

    /// <summary>More bytes are done.</summary>
    public void Moved(long bytes)
    {
        _done += bytes;
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
        string line = $"{Quantity.Percent((double)_done / total)} of {Quantity.Scaled(total)}B, {Quantity.Scaled(rate)}B/s, {Quantity.Duration((total - _done) / rate)} left";
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
