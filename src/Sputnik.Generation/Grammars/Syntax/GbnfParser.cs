using System.Text;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// llama.cpp's GBNF: rules <c>name ::= …</c> of literals, classes, references, groups, alternatives and repetitions, with
/// comments from # on. The rule root takes the whole text.
/// </summary>
internal sealed class GbnfParser
{
    private readonly GrammarBuilder _builder;
    private readonly SourceReader _reader;
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);

    private GbnfParser(GrammarBuilder builder, string source)
    {
        _builder = builder;
        _reader = new(source);
    }

    /// <summary>Takes what rule root takes.</summary>
    public static Fragment Parse(GrammarBuilder builder, string source)
    {
        GbnfParser parser = new(builder, source);
        parser.Space(lines: true);
        while (!parser._reader.IsAtEnd)
        {
            parser.Rule();
        }

        return parser._rules.TryGetValue("root", out int root) && builder.IsDefined(root)
            ? builder.Call(root)
            : throw new ArgumentException("The grammar has no rule 'root'.");
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private void Rule()
    {
        string name = Name();
        int rule = RuleOf(name);
        Space(lines: false);
        if (!_reader.Take("::="))
        {
            throw _reader.Malformed($"rule '{name}' needs '::='");
        }

        if (_builder.IsDefined(rule))
        {
            throw _reader.Malformed($"rule '{name}' is defined twice");
        }

        Space(lines: true);
        _builder.Define(rule, Body(name));
        Space(lines: true);
    }

    /// <summary>All up to the line end that stands in no group and before no further branch.</summary>
    private Fragment Body(string name)
    {
        FragmentStack stack = new(_builder);
        while (!_reader.IsAtEnd)
        {
            char next = _reader.Peek;
            if (next is '\n' or '\r')
            {
                Space(lines: true);
                if (!_reader.Sees("|"))
                {
                    break;
                }
            }
            else
            {
                Element(stack, next, name);
                Space(lines: stack.Depth > 0);
            }
        }

        return stack.Depth == 0 ? stack.Finish() : throw _reader.Malformed($"a group of rule '{name}' is not closed");
    }

    private void Element(FragmentStack stack, char next, string name)
    {
        switch (next)
        {
            case '"':
                stack.Add(Literal());
                break;
            case '[':
                stack.Add(_builder.Class(Class()));
                break;
            case '.':
                _reader.Next();
                stack.Add(_builder.Class(CodePoints.Everything));
                break;
            case '|':
                _reader.Next();
                Space(lines: true);
                stack.Alternate();
                break;
            case '(':
                _reader.Next();
                stack.Open();
                break;
            case ')' when stack.Depth > 0:
                _reader.Next();
                stack.Close();
                break;
            case '*' or '+' or '?' or '{' when stack.HasLast:
                Repeat(stack);
                break;
            case '<' or '!':
                throw _reader.Unsupported("tokens by name (<…>)");
            default:
                stack.Add(IsWord(next) ? _builder.Call(RuleOf(Name())) : throw _reader.Malformed($"'{next}' means nothing in rule '{name}'"));
                break;
        }
    }

    private void Repeat(FragmentStack stack)
    {
        (int least, int? most) =
            _reader.Take("*") ? (0, null) :
            _reader.Take("+") ? (1, null) :
            _reader.Take("?") ? (0, 1) :
            _reader.TakeCount(out int from, out int? to) ? (from, to) : throw _reader.Malformed("a repetition is {m}, {m,} or {m,n}");
        stack.Repeat(least, most);
    }

    private Fragment Literal()
    {
        _reader.Next();
        StringBuilder text = new();
        while (!_reader.Take("\""))
        {
            text.Append(new Rune(Character()).ToString());
        }

        return _builder.Text(text.ToString());
    }

    private CodePoints Class()
    {
        _reader.Next();
        bool negated = _reader.Take("^");
        List<(int First, int Last)> ranges = [];
        while (!_reader.Take("]"))
        {
            int first = Character();
            bool range = _reader.Sees("-") && !_reader.Sees("-]") && _reader.Take("-");
            int last = range ? Character() : first;
            ranges.Add(first <= last ? (first, last) : throw _reader.Malformed("a range of a class goes from one character to a later one"));
        }

        CodePoints points = CodePoints.Of(ranges);
        return negated ? points.Complement() : points;
    }

    private int Character()
    {
        Rune rune = _reader.Next();
        if (rune.Value != '\\')
        {
            return rune.Value;
        }

        Rune escaped = _reader.Next();
        return escaped.Value switch
        {
            'x' => _reader.Hex(2),
            'u' => _reader.Hex(4),
            'U' => _reader.Hex(8),
            't' => '\t',
            'r' => '\r',
            'n' => '\n',
            '\\' or '"' or '[' or ']' => escaped.Value,
            _ => throw _reader.Malformed($"there is no escape \\{escaped}"),
        };
    }

    private string Name() => _reader.TakeWhile(IsWord) is { Length: > 0 } name ? name : throw _reader.Malformed("a rule's name is missing");

    private int RuleOf(string name)
    {
        if (!_rules.TryGetValue(name, out int rule))
        {
            _rules[name] = rule = _builder.Rule(name);
        }

        return rule;
    }

    private void Space(bool lines)
    {
        while (_reader.Peek is ' ' or '\t' or '#' || (lines && _reader.Peek is '\n' or '\r'))
        {
            if (_reader.Peek == '#')
            {
                _reader.TakeWhile(c => c is not ('\n' or '\r'));
            }
            else
            {
                _reader.Next();
            }
        }
    }
}
