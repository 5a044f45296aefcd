namespace Sputnik.Text.Tools;

/// <summary>Finds the end of a JSON value that arrives in parts, by its brackets and quotes; what stands between them is not judged.</summary>
internal sealed class JsonSpan
{
    private int _depth;
    private bool _inString;
    private bool _escaped;
    private bool _started;

    /// <summary>Whether the value is whole.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How many characters at the front belong to the value.</summary>
    public int Take(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            // A number or a word ends before the mark behind it.
            bool bare = _started && _depth == 0 && !_inString;
            if (bare && (text[i] is ',' or '}' or ']' || char.IsWhiteSpace(text[i])))
            {
                IsDone = true;
                return i;
            }

            Step(text[i]);
            if (IsDone)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private void Step(char c)
    {
        bool closes = false;
        if (_inString)
        {
            closes = c == '"' && !_escaped;
            _escaped = c == '\\' && !_escaped;
            _inString = !closes;
        }
        else if (c == '"')
        {
            _inString = true;
        }
        else if (c is '{' or '[')
        {
            _depth++;
        }
        else if (c is '}' or ']')
        {
            _depth--;
            closes = true;
        }

        _started = true;
        IsDone = closes && _depth <= 0;
    }
}
