namespace Sputnik.Generation.Grammars;

/// <summary>
/// The rules of JSON texts (RFC 8259), with two bounds against models that never stop: numbers of at most 16 digits
/// before the point and after it, and white space of at most one space, or one line end with 20 spaces or tabs. (Both are llama.cpp's.)
/// </summary>
internal sealed class JsonRules
{
    /// <summary>Characters that stand in a string as they are.</summary>
    public static readonly CodePoints Plain = CodePoints.Of((0x20, 0x21), (0x23, 0x5B), (0x5D, 0x10FFFF));

    private readonly GrammarBuilder _builder;
    private readonly Dictionary<string, int> _rules = [];

    public JsonRules(GrammarBuilder builder) => _builder = builder;

    /// <summary>White space between two marks.</summary>
    public int Space => Rule("space", b => b.Any(
        b.Text(" "),
        b.Then(b.Text("\n"), b.Repeat(b.Bytes(Set(" \t")), 0, 20)),
        b.Nothing()));

    /// <summary>A character of a string, escaped or not.</summary>
    public int Character => Rule("character", b => b.Any(b.Class(Plain), b.Then(b.Text("\\"), Escape())));

    /// <summary>A string.</summary>
    public int String => Rule("string", b => b.All(b.Text("\""), b.Repeat(b.Call(Character), 0, null), b.Text("\"")));

    /// <summary>A number without a fraction.</summary>
    public int Integer => Rule("integer", b => b.Then(b.Optional(b.Text("-")), b.Call(Whole)));

    /// <summary>A number.</summary>
    public int Number => Rule("number", b => b.All(b.Call(Integer), b.Call(Fraction)));

    /// <summary>A fraction and an exponent, both optional.</summary>
    public int Fraction => Rule("fraction", b => b.Then(
        b.Call(Decimals),
        b.Optional(b.All(b.Bytes(Set("eE")), b.Optional(b.Bytes(Set("+-"))), b.Repeat(b.Bytes(Digits), 1, 2)))));

    /// <summary>A fraction, or none.</summary>
    public int Decimals => Rule("decimals", b => b.Optional(b.Then(b.Text("."), b.Repeat(b.Bytes(Digits), 1, 16))));

    /// <summary>The digits of a number without sign and fraction.</summary>
    public int Whole => Rule("whole", b => b.Any(
        b.Text("0"),
        b.Then(b.Bytes(ByteSet.Range((byte)'1', (byte)'9')), b.Repeat(b.Bytes(Digits), 0, 15))));

    /// <summary>true or false.</summary>
    public int Boolean => Rule("boolean", b => b.Any(b.Text("true"), b.Text("false")));

    /// <summary>Any value.</summary>
    public int Value => Rule("value", b => b.Any(
        b.Call(Object), b.Call(Array), b.Call(String), b.Call(Number), b.Call(Boolean), b.Text("null")));

    /// <summary>An object of any values.</summary>
    public int Object => Rule("object", b => Listed('{', '}', b.Call(Member(b.Call(String), Value)), b.Call(Member(b.Call(String), Value))));

    /// <summary>A list of any values.</summary>
    public int Array => Rule("array", b => Listed('[', ']', b.Call(Value), b.Call(Value)));

    /// <summary>Digits from 0 to 9.</summary>
    public static ByteSet Digits { get; } = ByteSet.Range((byte)'0', (byte)'9');

    /// <summary>The bytes of an ASCII text.</summary>
    public static ByteSet Set(string ascii) => ascii.Aggregate(default(ByteSet), (set, c) => set.With((byte)c));

    /// <summary>A character that a string holds only escaped, escaped.</summary>
    public static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)c:x4}",
    };

    /// <summary>A mark with white space on both sides.</summary>
    public Fragment Spaced(char mark) => _builder.All(_builder.Call(Space), _builder.Text(mark.ToString()), _builder.Call(Space));

    /// <summary>A member of an object as a rule of its own.</summary>
    public int Member(Fragment key, int value)
    {
        int rule = _builder.Rule("member");
        _builder.Define(rule, _builder.All(key, Spaced(':'), _builder.Call(value)));
        return rule;
    }

    private Fragment Listed(char open, char close, Fragment first, Fragment next) => _builder.All(
        _builder.Text(open.ToString()),
        _builder.Call(Space),
        _builder.Optional(_builder.All(
            first,
            _builder.Repeat(_builder.Then(Spaced(','), next), 0, null),
            _builder.Call(Space))),
        _builder.Text(close.ToString()));

    /// <summary>What follows a backslash: surrogates come in pairs only, so that every string is text.</summary>
    private Fragment Escape()
    {
        ByteSet hex = Set("0123456789abcdefABCDEF");
        GrammarBuilder b = _builder;
        return b.Any(
            b.Bytes(Set("\"\\/bfnrt")),
            b.All(b.Text("u"), b.Any(
                b.All(b.Bytes(Set("0123456789abcefABCEF")), b.Repeat(b.Bytes(hex), 3, 3)),
                b.All(b.Bytes(Set("dD")), b.Bytes(Set("01234567")), b.Repeat(b.Bytes(hex), 2, 2)),
                b.All(
                    b.Bytes(Set("dD")), b.Bytes(Set("89abAB")), b.Repeat(b.Bytes(hex), 2, 2), b.Text("\\u"),
                    b.Bytes(Set("dD")), b.Bytes(Set("cdefCDEF")), b.Repeat(b.Bytes(hex), 2, 2)))));
    }

    private int Rule(string name, Func<GrammarBuilder, Fragment> body)
    {
        if (!_rules.TryGetValue(name, out int rule))
        {
            _rules[name] = rule = _builder.Rule(name);
            _builder.Define(rule, body(_builder));
        }

        return rule;
    }
}
