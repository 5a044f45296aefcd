using System.Globalization;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>The running value with rate and time left: one line written over at a terminal, otherwise a line for each tenth.</summary>
/// <param name="output">Where; not the standard output, which may be read by a machine.</param>
/// <param name="live">Lines can be written over.</param>
/// <param name="time">The clock.</param>
internal sealed class ScoringProgress(TextWriter output, bool live, TimeProvider time)
{
    private const int Parts = 10;
    private const string ClearLine = "\r\u001b[K";

    /// <summary>To the error stream.</summary>
    public static ScoringProgress ToTerminal() =>
        new(Console.Error, TerminalKind.Of(Console.IsErrorRedirected, Environment.GetEnvironmentVariable).IsLive, TimeProvider.System);

    private readonly long _start = time.GetTimestamp();

    /// <summary>Seconds since the start.</summary>
    public double Seconds => time.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Windows are done.</summary>
    public void Done(int windows, int of, int windowTokens, string value)
    {
        if (!live && windows * Parts / of == (windows - 1) * Parts / of)
        {
            return;
        }

        double rate = windows / Math.Max(Seconds, 1e-6);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"window {windows} of {of}  {value}  {Quantity.Figures(rate * windowTokens)} tokens/s  {Quantity.Duration((of - windows) / rate)} left");
        output.Write(live ? ClearLine + line : line + Environment.NewLine);
    }

    /// <summary>Takes the line away.</summary>
    public void End()
    {
        if (live)
        {
            output.Write(ClearLine);
        }
    }
}
