namespace Sputnik.Text.Tools;

/// <summary>What a marker is to the text that has arrived.</summary>
internal enum Sight
{
    /// <summary>It is not there.</summary>
    No,

    /// <summary>The text ends in what may become it.</summary>
    Maybe,

    /// <summary>It is there.</summary>
    Yes,
}

/// <summary>Text that arrives in parts and is taken from the front.</summary>
internal sealed class CallText
{
    private string _text = "";
    private int _at;

    /// <summary>Whether no more will come.</summary>
    public bool IsFinal { get; set; }

    /// <summary>What has not been taken.</summary>
    public ReadOnlySpan<char> Rest => _text.AsSpan(_at);

    /// <summary>Adds what has arrived.</summary>
    public void Add(string text) => _text += text;

    /// <summary>Takes characters.</summary>
    public string Take(int count)
    {
        string taken = _text.Substring(_at, count);
        _at += count;
        return taken;
    }

    /// <summary>Takes white space, and whatever else is named.</summary>
    public void SkipSpace(string others = "")
    {
        while (Rest is [char c, ..] && (char.IsWhiteSpace(c) || others.Contains(c, StringComparison.Ordinal)))
        {
            _at++;
        }
    }

    /// <summary>Goes back to where the text was forgotten last.</summary>
    public void Rewind() => _at = 0;

    /// <summary>Forgets what was taken.</summary>
    public void Forget()
    {
        _text = _text[_at..];
        _at = 0;
    }

    /// <summary>Whether the rest begins with one of several markers, and how long that one is.</summary>
    public Sight Sees(IReadOnlyList<string> markers, out int length)
    {
        length = 0;
        Sight sight = Sight.No;
        foreach (string marker in markers)
        {
            if (Rest.StartsWith(marker, StringComparison.Ordinal))
            {
                length = marker.Length;
                return Sight.Yes;
            }

            sight = !IsFinal && marker.AsSpan().StartsWith(Rest, StringComparison.Ordinal) ? Sight.Maybe : sight;
        }

        return sight;
    }

    /// <summary>Where the first of several markers stands, or may come to stand; the rest's length where there is none.</summary>
    public int Find(IReadOnlyList<string> markers, out Sight sight)
    {
        int start = _at, found = Rest.Length;
        sight = Sight.No;
        for (int offset = 0; offset < found; offset++)
        {
            _at = start + offset;
            sight = Sees(markers, out _);
            if (sight != Sight.No)
            {
                found = offset;
            }
        }

        _at = start;
        return found;
    }
}
