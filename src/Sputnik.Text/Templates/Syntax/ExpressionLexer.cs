namespace Sputnik.Text.Templates;

/// <summary>The tokens between two delimiters.</summary>
internal sealed class ExpressionLexer(TemplateSource source, List<Token> tokens)
{
    private static readonly string[] LongOperators = ["**", "//", "==", "!=", "<=", ">="];

    private readonly string _text = source.Text;
    private readonly Stack<(char Close, int Position)> _open = [];
    private int _at;

    /// <summary>Reads up to the closing delimiter, outside of all brackets, and returns where it begins, sign included.</summary>
    public int Read(int from, string end)
    {
        _at = from;
        while (true)
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            {
                _at++;
            }

            if (_at == _text.Length)
            {
                throw source.Error($"The template ends before '{end}'.", from);
            }

            if (_open.Count == 0 && Ends(end))
            {
                tokens.Add(new(end == "}}" ? LexemeKind.OutputEnd : LexemeKind.TagEnd, "", _at));
                return _at;
            }

            Next();
        }
    }

    private bool Ends(string end)
    {
        int at = _text[_at] == '-' || (_text[_at] == '+' && end == "%}") ? _at + 1 : _at;
        return string.CompareOrdinal(_text, at, end, 0, 2) == 0;
    }

    private void Next()
    {
        char c = _text[_at];
        if (char.IsLetter(c) || c == '_')
        {
            int begin = _at;
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            {
                _at++;
            }

            tokens.Add(new(LexemeKind.Name, _text[begin.._at], begin));
        }
        else if (char.IsAsciiDigit(c))
        {
            Number();
        }
        else if (c is '\'' or '"')
        {
            int begin = _at;
            tokens.Add(new(LexemeKind.String, StringLiteral.Read(source, ref _at), begin));
        }
        else
        {
            Operator(c);
        }
    }

    private void Number()
    {
        int begin = _at;
        bool prefixed = _text[_at] == '0' && _at + 1 < _text.Length && _text[_at + 1] is 'x' or 'X' or 'b' or 'B' or 'o' or 'O';
        if (prefixed)
        {
            _at += 2;
            Digits(hexadecimal: true);
            tokens.Add(new(LexemeKind.Integer, Without(begin), begin));
            return;
        }

        Digits(hexadecimal: false);
        bool fraction = _at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]);
        if (fraction)
        {
            _at++;
            Digits(hexadecimal: false);
        }

        int sign = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? 2 : 1;
        bool exponent = _at + sign < _text.Length && _text[_at] is 'e' or 'E' && char.IsAsciiDigit(_text[_at + sign]);
        if (exponent)
        {
            _at += sign;
            Digits(hexadecimal: false);
        }

        tokens.Add(new(fraction || exponent ? LexemeKind.Float : LexemeKind.Integer, Without(begin), begin));
    }

    private void Digits(bool hexadecimal)
    {
        while (_at < _text.Length && (_text[_at] == '_' || (hexadecimal ? char.IsAsciiHexDigit(_text[_at]) : char.IsAsciiDigit(_text[_at]))))
        {
            _at++;
        }
    }

    private string Without(int begin) => _text[begin.._at].Replace("_", "", StringComparison.Ordinal);

    private void Operator(char c)
    {
        foreach (string op in LongOperators)
        {
            if (string.CompareOrdinal(_text, _at, op, 0, 2) == 0)
            {
                tokens.Add(new(LexemeKind.Operator, op, _at));
                _at += 2;
                return;
            }
        }

        if (!"+-*/%~|.,:=<>()[]{}".Contains(c, StringComparison.Ordinal))
        {
            throw source.Error($"The character '{c}' has no meaning in an expression.", _at);
        }

        if (c is '(' or '[' or '{')
        {
            _open.Push((c == '(' ? ')' : c == '[' ? ']' : '}', _at));
        }
        else if (c is ')' or ']' or '}' && !(_open.TryPop(out (char Close, int Position) open) && open.Close == c))
        {
            throw source.Error($"'{c}' closes nothing that is open.", _at);
        }

        tokens.Add(new(LexemeKind.Operator, c.ToString(), _at));
        _at++;
    }
}
