namespace Sputnik.Tasks;

/// <summary>
/// Reads <c>sum := product (('+' | '-') product)*</c>, <c>product := atom (('*' | '/') atom)*</c>,
/// <c>atom := integer | '(' sum ')'</c> over ASCII; blanks may stand between. No signs, points, powers or floor divisions:
/// what the grammar does not name is refused. Length, depth and digits are bounded, so the work is too.
/// </summary>
internal ref struct ExpressionParser(ReadOnlySpan<char> text)
{
    public const int GreatestLength = 200;
    private const int GreatestDepth = 20;
    private const int GreatestDigits = 9;
    private readonly ReadOnlySpan<char> _text = text;
    private readonly List<int> _numbers = [];
    private int _at;
    private int _depth;

    /// <summary>The integers read, in order.</summary>
    public readonly IReadOnlyList<int> Numbers => _numbers;

    /// <summary>What was wrong, once <see cref="Parse"/> has returned null.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The value of the whole text, or null.</summary>
    public Rational? Parse()
    {
        if (_text.Length > GreatestLength)
        {
            return Fail("the expression is too long");
        }

        return Sum() is not { } value ? null : Peek() == '\0' ? value : Fail("unexpected text after the expression");
    }

    private Rational? Sum()
    {
        Rational? value = Product();
        while (value is { } left && Peek() is '+' or '-')
        {
            bool adds = _text[_at++] == '+';
            value = Product() is { } right ? (adds ? left + right : left - right) : null;
        }

        return value;
    }

    private Rational? Product()
    {
        Rational? value = Atom();
        while (value is { } left && Peek() is '*' or '/')
        {
            bool multiplies = _text[_at++] == '*';
            value = Atom() is not { } right ? null
                : multiplies ? left * right
                : Rational.Divide(left, right) ?? Fail("division by zero");
        }

        return value;
    }

    private Rational? Atom()
    {
        char next = Peek();
        if (char.IsAsciiDigit(next))
        {
            return Integer();
        }

        if (next != '(')
        {
            return Fail("a number or '(' was expected");
        }

        if (_depth == GreatestDepth)
        {
            return Fail("too many brackets");
        }

        _at++;
        _depth++;
        Rational? value = Sum();
        _depth--;
        if (value is null)
        {
            return null;
        }

        if (Peek() != ')')
        {
            return Fail("')' was expected");
        }

        _at++;
        return value;
    }

    private Rational? Integer()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        ReadOnlySpan<char> digits = _text[start.._at];
        if (digits.Length > GreatestDigits || (digits.Length > 1 && digits[0] == '0'))
        {
            return Fail("a number is too long or starts with 0");
        }

        int number = 0;
        foreach (char digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        _numbers.Add(number);
        return new Rational(number, 1);
    }

    /// <summary>The next character that is no blank; NUL at the end (a NUL in the text is refused before it gets here).</summary>
    private char Peek()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private Rational? Fail(string fault)
    {
        Fault = fault;
        return null;
    }
}
