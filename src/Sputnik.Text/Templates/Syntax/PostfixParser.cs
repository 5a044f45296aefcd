using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>What follows a value: attributes, items, calls, filters and tests.</summary>
internal sealed class PostfixParser(ExpressionParser expressions)
{
    // Each link of a chain is a node inside the next.
    private const int LongestChain = 100;

    private readonly TokenStream _tokens = expressions.Tokens;
    private int _links;

    /// <summary>.name, [index] and (arguments), as many as there are.</summary>
    public IExpression Accesses(IExpression value)
    {
        while (true)
        {
            int line = _tokens.Line;
            if (_tokens.TakeOperator("."))
            {
                value = Attribute(value, line);
            }
            else if (_tokens.TakeOperator("["))
            {
                value = Subscript(value, line);
            }
            else if (_tokens.IsOperator("("))
            {
                value = new CallNode(value, Arguments(), line);
            }
            else
            {
                return value;
            }

            Link();
        }
    }

    /// <summary>| filter and is test, as many as there are, and calls of what they give.</summary>
    public IExpression Filters(IExpression value)
    {
        while (true)
        {
            int line = _tokens.Line;
            if (_tokens.TakeOperator("|"))
            {
                value = Filter(value);
            }
            else if (_tokens.TakeName("is"))
            {
                value = Test(value, line);
            }
            else if (_tokens.IsOperator("("))
            {
                value = new CallNode(value, Arguments(), line);
            }
            else
            {
                return value;
            }

            Link();
        }
    }

    /// <summary>The name and arguments of a filter whose bar is read.</summary>
    public FilterNode Filter(IExpression value)
    {
        int line = _tokens.Line;
        string name = DottedName();
        return new(value, name, _tokens.IsOperator("(") ? Arguments() : ArgumentNodes.None, line);
    }

    private void Link()
    {
        if (++_links > LongestChain)
        {
            throw _tokens.Error($"A chain of attributes, calls and filters has more than {LongestChain} links.");
        }
    }

    private string DottedName()
    {
        string name = _tokens.ExpectAnyName();
        while (_tokens.TakeOperator("."))
        {
            name += "." + _tokens.ExpectAnyName();
        }

        return name;
    }

    private IExpression Attribute(IExpression value, int line)
    {
        Token token = _tokens.Next();
        return token.Kind switch
        {
            LexemeKind.Name => new AttributeNode(value, token.Text, line),
            LexemeKind.Integer when long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long index) =>
                new SubscriptNode(value, new LiteralNode(TemplateValue.Of(index)), line),
            _ => throw _tokens.Error("A name or a number is missing behind '.'."),
        };
    }

    private IExpression Subscript(IExpression value, int line)
    {
        _tokens.Enter();
        IExpression? start = _tokens.IsOperator(":") ? null : expressions.Tuple();
        IExpression result;
        if (_tokens.TakeOperator(":"))
        {
            IExpression? stop = _tokens.IsOperator(":") || _tokens.IsOperator("]") ? null : expressions.Expression();
            IExpression? step = _tokens.TakeOperator(":") && !_tokens.IsOperator("]") ? expressions.Expression() : null;
            result = new SliceNode(value, start, stop, step);
        }
        else
        {
            result = start is null ? throw _tokens.Error("An index is missing.") : new SubscriptNode(value, start, line);
        }

        _tokens.Expect("]");
        _tokens.Leave();
        return result;
    }

    private TestNode Test(IExpression value, int line)
    {
        bool negated = _tokens.TakeName("not");
        string name = DottedName();
        ArgumentNodes arguments = ArgumentNodes.None;
        if (_tokens.IsOperator("("))
        {
            arguments = Arguments();
        }
        else if (BeginsArgument())
        {
            _tokens.Enter();
            arguments = new([Accesses(expressions.Primary())], [], null, null);
            _tokens.Leave();
        }

        return new(value, name, arguments, negated, line);
    }

    // "is divisibleby 3": one argument may stand without parentheses.
    private bool BeginsArgument() => _tokens.Current.Kind switch
    {
        LexemeKind.String or LexemeKind.Integer or LexemeKind.Float => true,
        LexemeKind.Name => _tokens.Current.Text is not ("else" or "or" or "and" or "if" or "is" or "in" or "not" or "recursive"),
        LexemeKind.Operator => _tokens.Current.Text is "[" or "{",
        _ => false,
    };

    /// <summary>(a, b=c, *d, **e).</summary>
    public ArgumentNodes Arguments()
    {
        _tokens.Enter();
        _tokens.Expect("(");
        List<IExpression> positional = [];
        List<(string, IExpression)> named = [];
        IExpression? list = null;
        IExpression? map = null;
        for (bool first = true; !_tokens.TakeOperator(")"); first = false)
        {
            if (!first)
            {
                _tokens.Expect(",");
                if (_tokens.TakeOperator(")"))
                {
                    break;
                }
            }

            if (_tokens.TakeOperator("**"))
            {
                map = map is null ? expressions.Expression() : throw _tokens.Error("'**' may stand once among arguments.");
            }
            else if (_tokens.TakeOperator("*"))
            {
                list = list is null && map is null ? expressions.Expression() : throw _tokens.Error("'*' may stand once among arguments, before '**'.");
            }
            else if (_tokens.Current.Kind == LexemeKind.Name && _tokens.Following is { Kind: LexemeKind.Operator, Text: "=" })
            {
                string name = _tokens.Next().Text;
                _tokens.Next();
                named.Add((name, expressions.Expression()));
            }
            else
            {
                positional.Add(named.Count == 0 && list is null && map is null ? expressions.Expression()
                    : throw _tokens.Error("An argument without a name stands behind one with a name."));
            }
        }

        _tokens.Leave();
        return new([.. positional], [.. named], list, map);
    }
}
