using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// Regular expressions as rules: what describes a regular language, in ECMA-262's spelling. Greedy and lazy repetitions are
/// the same here. Whatever looks around, remembers or asserts is refused by its name.
/// </summary>
internal sealed class RegexParser
{
    private readonly GrammarBuilder _builder;
    private readonly SourceReader _reader;
    private readonly FragmentStack _stack;
    private readonly bool _inJson;
    private bool _closed;

    private RegexParser(GrammarBuilder builder, string pattern, bool inJson)
    {
        _builder = builder;
        _reader = new(pattern);
        _stack = new(builder);
        _inJson = inJson;
    }

    /// <summary>Takes a text that the expression matches whole; ^ and $ at the ends of a branch add nothing.</summary>
    public static Fragment Whole(GrammarBuilder builder, string pattern) => new RegexParser(builder, pattern, inJson: false).Parse();

    /// <summary>
    /// Takes the characters between the quotes of a JSON string in which the expression matches somewhere, as JSON Schema's
    /// pattern does; ^ and $ bind a branch to the ends.
    /// </summary>
    public static Fragment InJsonString(GrammarBuilder builder, string pattern) => new RegexParser(builder, pattern, inJson: true).Parse();

    private Fragment Parse()
    {
        BeginBranch();
        while (!_reader.IsAtEnd)
        {
            Rune rune = _reader.Next();
            if (_closed && rune.Value != '|')
            {
                throw _reader.Unsupported("anchors in the middle ($)");
            }

            Take(rune);
        }

        if (_stack.Depth > 0)
        {
            throw _reader.Malformed("a group is not closed");
        }

        EndBranch();
        return _stack.Finish();
    }

    private void Take(Rune rune)
    {
        switch (rune.Value)
        {
            case '(':
                Open();
                break;
            case ')':
                if (_stack.Depth == 0)
                {
                    throw _reader.Malformed("there is no group to close");
                }

                _stack.Close();
                Quantify();
                break;
            case '|':
                Alternate();
                break;
            case '^':
                throw _reader.Unsupported("anchors in the middle (^)");
            case '$' when _stack.Depth == 0:
                _closed = true;
                break;
            case '$':
                throw _reader.Unsupported("anchors in groups ($)");
            case '*' or '+' or '?':
                throw _reader.Malformed($"there is nothing that '{rune}' could repeat");
            default:
                Add(rune.Value switch
                {
                    '.' => RegexClasses.Dot,
                    '[' => RegexClasses.Class(_reader),
                    '\\' => RegexClasses.Escape(_reader),
                    _ => CodePoints.Of((rune.Value, rune.Value)),
                });
                Quantify();
                break;
        }
    }

    private void Open()
    {
        if (_reader.Take("?") && !_reader.Take(":"))
        {
            throw _reader.Unsupported("lookaround, named groups and flags ((?…)");
        }

        _stack.Open();
    }

    private void Alternate()
    {
        if (_stack.Depth > 0)
        {
            _stack.Alternate();
            return;
        }

        EndBranch();
        _stack.Alternate();
        BeginBranch();
    }

    private void BeginBranch()
    {
        _closed = false;
        if (!_reader.Take("^") && _inJson)
        {
            _stack.Add(Anything());
        }
    }

    private void EndBranch()
    {
        if (!_closed && _inJson)
        {
            _stack.Add(Anything());
        }
    }

    private Fragment Anything() => _builder.Repeat(Character(CodePoints.Everything), 0, null);

    private void Add(CodePoints points) => _stack.Add(Character(points));

    private void Quantify()
    {
        (int Least, int? Most)? count =
            _reader.Take("*") ? (0, null) :
            _reader.Take("+") ? (1, null) :
            _reader.Take("?") ? (0, 1) :
            _reader.TakeCount(out int least, out int? most) ? (least, most) : null;
        if (count is not { } times)
        {
            return;
        }

        _stack.Repeat(times.Least, times.Most);
        if (!_reader.Take("?") && _reader.Sees("+"))
        {
            throw _reader.Unsupported("possessive repetitions");
        }
    }

    /// <summary>One character of a class, escaped as JSON asks for where it stands in a string.</summary>
    private Fragment Character(CodePoints points)
    {
        if (!_inJson)
        {
            return _builder.Class(points);
        }

        List<Fragment> spellings = [_builder.Class(points.Except(JsonRules.Plain.Complement()))];
        foreach ((int first, int last) in points.Except(JsonRules.Plain).Ranges)
        {
            for (int point = first; point <= last; point++)
            {
                spellings.Add(_builder.Text(JsonRules.Escaped((char)point)));
            }
        }

        return _builder.Any([.. spellings]);
    }
}
