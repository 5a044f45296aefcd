using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// Finds the first of several strings in a text that comes in stretches, wherever these are cut: the one that is complete
/// first, of those complete at one place the longest. Held back is only the longest end that may begin one.
/// </summary>
public sealed class StopMatcher
{
    private readonly IReadOnlyList<string> _stops;
    private string _held = "";

    /// <summary>Looks for these strings.</summary>
    /// <exception cref="ArgumentException">One is empty, or begins or ends within a character.</exception>
    public StopMatcher(IReadOnlyList<string> stops)
    {
        ArgumentNullException.ThrowIfNull(stops);
        foreach (string stop in stops)
        {
            if (stop.Length == 0 || char.IsLowSurrogate(stop[0]) || char.IsHighSurrogate(stop[^1]))
            {
                throw new ArgumentException($"A stop string must be text of one character at least, whole ones, got '{stop}'.", nameof(stops));
            }
        }

        _stops = stops;
    }

    /// <summary>The string that was found; null so far.</summary>
    public string? Found { get; private set; }

    /// <summary>Takes the next stretch and returns the text that is certain to stand before a stop string; "" once one was found.</summary>
    public string Push(string arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        if (Found is not null || arrived.Length == 0)
        {
            return "";
        }

        string text = _held + arrived;
        int end = int.MaxValue, held = 0;
        foreach (string stop in _stops)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (at + stop.Length, -stop.Length).CompareTo((end, -(Found?.Length ?? 0))) < 0)
            {
                (end, Found) = (at + stop.Length, stop);
            }

            held = Math.Max(held, Overlap.Of(text, stop));
        }

        _held = Found is null ? text[^held..] : "";
        return Found is null ? text[..^held] : text[..(end - Found.Length)];
    }

    /// <summary>Ends the text and returns what was held back.</summary>
    public string Flush()
    {
        string text = _held;
        _held = "";
        return text;
    }
}
