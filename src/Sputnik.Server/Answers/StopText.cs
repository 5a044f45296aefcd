namespace Sputnik.Server;

/// <summary>Text up to the first of some strings, however it is cut: what may still be the beginning of one is held back.</summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>The string that came; null while none did. Nothing passes after it.</summary>
    public string? Found { get; private set; }

    /// <summary>Takes a piece and returns what is certain to stand before any stop.</summary>
    public string Push(string piece)
    {
        if (Found is not null || piece.Length == 0)
        {
            return "";
        }

        string text = _held + piece;
        (int At, string Stop)[] found = [.. stops.Select(stop => (At: text.IndexOf(stop, StringComparison.Ordinal), Stop: stop)).Where(stop => stop.At >= 0)];
        if (found.Length > 0)
        {
            (int at, Found) = found.MinBy(stop => stop.At);
            _held = "";
            return text[..at];
        }

        int held = stops.Count == 0 ? 0 : stops.Max(stop => Beginning(text, stop));
        _held = text[^held..];
        return text[..^held];
    }

    /// <summary>What was held back, when no more comes.</summary>
    public string Flush() => Found is null ? _held : "";

    /// <summary>Characters at the end of the text that a stop begins with.</summary>
    private static int Beginning(string text, string stop)
    {
        int most = Math.Min(text.Length, stop.Length - 1);
        return Enumerable.Range(0, most).Select(less => most - less).FirstOrDefault(length => text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)));
    }
}
