namespace Sputnik.Text.Templates;

/// <summary>
/// A template as tokens, by Jinja's rules with trim_blocks and lstrip_blocks: the first line end behind a tag goes, and
/// so does the space before a tag that begins a line; <c>-</c> in a delimiter takes all space, <c>+</c> keeps it.
/// </summary>
internal sealed class Lexer(TemplateSource source)
{
    private readonly string _text = source.Text;
    private readonly List<Token> _tokens = [];
    private int _at;
    private bool _lineStarts = true;

    public List<Token> Tokens()
    {
        while (_at < _text.Length)
        {
            int open = Opening(_at);
            if (open < 0)
            {
                Add(LexemeKind.Text, _text[_at..], _at);
                break;
            }

            Enter(open);
        }

        Add(LexemeKind.End, "", _text.Length);
        return _tokens;
    }

    // The next {{, {% or {#.
    private int Opening(int from)
    {
        for (int at = _text.IndexOf('{', from); at >= 0 && at + 1 < _text.Length; at = _text.IndexOf('{', at + 1))
        {
            if (_text[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    private void Enter(int open)
    {
        char kind = _text[open + 1];
        char sign = open + 2 < _text.Length && _text[open + 2] is '-' or '+' ? _text[open + 2] : ' ';
        string before = _text[_at..open];
        Add(LexemeKind.Text, Before(before, sign, kind != '{'), _at);
        _at = open + (sign == ' ' ? 2 : 3);
        if (kind == '#')
        {
            Close("#}", open, trimsLine: true);
        }
        else if (kind == '%' && RawBegins() is { } behind)
        {
            Raw(behind, open);
        }
        else
        {
            Add(kind == '{' ? LexemeKind.OutputBegin : LexemeKind.TagBegin, "", open);
            bool variable = kind == '{';
            _at = new ExpressionLexer(source, _tokens).Read(_at, variable ? "}}" : "%}");
            Close(variable ? "}}" : "%}", open, trimsLine: !variable);
        }
    }

    private string Before(string text, char sign, bool stripsLine)
    {
        if (sign == '-')
        {
            return text.TrimEnd();
        }

        if (sign == '+' || !stripsLine)
        {
            return text;
        }

        int line = text.LastIndexOf('\n') + 1;
        return (line > 0 || _lineStarts) && line < text.Length && text.AsSpan(line).IsWhiteSpace() ? text[..line] : text;
    }

    // Goes behind the delimiter and what it takes with it.
    private void Close(string end, int open, bool trimsLine)
    {
        int at = _text.IndexOf(end, _at, StringComparison.Ordinal);
        if (at < 0)
        {
            throw source.Error($"'{_text.Substring(open, 2)}' has no '{end}'.", open);
        }

        char sign = at > _at ? _text[at - 1] : ' ';
        if (end != "#}")
        {
            // The expression's lexer stops at the sign, if there is one.
            sign = at > _at ? _text[_at] : ' ';
        }

        _at = at + 2;
        if (sign == '-')
        {
            SkipSpace();
        }
        else if (trimsLine && sign != '+' && _at < _text.Length && _text[_at] == '\n')
        {
            _at++;
        }

        _lineStarts = _text[_at - 1] == '\n';
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    // {% raw %}: where what it keeps begins.
    private int? RawBegins()
    {
        int at = Space(_at);
        if (string.CompareOrdinal(_text, at, "raw", 0, 3) != 0)
        {
            return null;
        }

        at = Space(at + 3);
        bool minus = at < _text.Length && _text[at] == '-';
        at += minus ? 1 : 0;
        if (string.CompareOrdinal(_text, at, "%}", 0, 2) != 0)
        {
            return null;
        }

        return minus ? Space(at + 2) : at + 2;
    }

    private void Raw(int begin, int open)
    {
        for (int at = _text.IndexOf("{%", begin, StringComparison.Ordinal); at >= 0; at = _text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            char sign = at + 2 < _text.Length && _text[at + 2] is '-' or '+' ? _text[at + 2] : ' ';
            int word = Space(at + (sign == ' ' ? 2 : 3));
            if (string.CompareOrdinal(_text, word, "endraw", 0, 6) != 0)
            {
                continue;
            }

            int end = Space(word + 6);
            int close = end < _text.Length && _text[end] is '-' or '+' ? end + 1 : end;
            if (string.CompareOrdinal(_text, close, "%}", 0, 2) == 0)
            {
                _lineStarts = false;
                Add(LexemeKind.Text, Before(_text[begin..at], sign, stripsLine: true), begin);
                _at = end;
                Close("%}", open, trimsLine: true);
                return;
            }
        }

        throw source.Error("'raw' has no 'endraw'.", open);
    }

    private int Space(int at)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    private void Add(LexemeKind kind, string text, int position)
    {
        if (kind != LexemeKind.Text || text.Length > 0)
        {
            _tokens.Add(new(kind, text, position));
        }
    }
}
