using System.Globalization;

namespace Sputnik.Text.Templates;

/// <summary>Expressions, by Jinja's precedence: if, or, and, not, comparisons, + -, ~, * / // %, **, signs, what follows a value.</summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    private static readonly Dictionary<string, Comparison> Comparisons = new()
    {
        ["=="] = Comparison.Equal,
        ["!="] = Comparison.NotEqual,
        ["<"] = Comparison.Less,
        ["<="] = Comparison.LessOrEqual,
        [">"] = Comparison.Greater,
        [">="] = Comparison.GreaterOrEqual,
    };

    private static readonly Dictionary<string, ArithmeticOperator> Sums = new()
    {
        ["+"] = ArithmeticOperator.Add,
        ["-"] = ArithmeticOperator.Subtract,
    };

    private static readonly Dictionary<string, ArithmeticOperator> Products = new()
    {
        ["*"] = ArithmeticOperator.Multiply,
        ["/"] = ArithmeticOperator.Divide,
        ["//"] = ArithmeticOperator.FloorDivide,
        ["%"] = ArithmeticOperator.Modulo,
    };

    private static readonly Dictionary<string, ArithmeticOperator> Powers = new() { ["**"] = ArithmeticOperator.Power };

    public TokenStream Tokens => tokens;

    /// <summary>How often the name varargs was read.</summary>
    public int VarargsSeen { get; private set; }

    /// <summary>How often the name kwargs was read.</summary>
    public int KwargsSeen { get; private set; }

    /// <summary>One expression, with an inline if where there is one.</summary>
    public IExpression Expression()
    {
        tokens.Enter();
        IExpression value = Or();
        int levels = 0;
        while (tokens.TakeName("if"))
        {
            tokens.Enter();
            levels++;
            IExpression condition = Or();
            value = new ConditionNode(condition, value, tokens.TakeName("else") ? Expression() : null);
        }

        for (int i = 0; i <= levels; i++)
        {
            tokens.Leave();
        }

        return value;
    }

    /// <summary>One expression, or several with commas: a tuple.</summary>
    /// <param name="conditional">An inline if may follow; not behind in, where if is the loop's.</param>
    public IExpression Tuple(bool conditional = true)
    {
        IExpression first = conditional ? Expression() : Guarded();
        if (!tokens.IsOperator(","))
        {
            return first;
        }

        List<IExpression> items = [first];
        while (tokens.TakeOperator(",") && !Ends())
        {
            items.Add(conditional ? Expression() : Guarded());
        }

        return new ListNode([.. items], ListForm.Tuple);
    }

    private IExpression Guarded()
    {
        tokens.Enter();
        IExpression value = Or();
        tokens.Leave();
        return value;
    }

    // What ends a tuple behind its last comma.
    private bool Ends() =>
        tokens.Current.Kind is LexemeKind.TagEnd or LexemeKind.OutputEnd or LexemeKind.End || tokens.IsOperator(")") || tokens.IsOperator("=") || tokens.IsName("if") || tokens.IsName("recursive");

    private IExpression Or()
    {
        IExpression first = And();
        if (!tokens.IsName("or"))
        {
            return first;
        }

        List<IExpression> operands = [first];
        while (tokens.TakeName("or"))
        {
            operands.Add(And());
        }

        return new LogicNode([.. operands], decides: true);
    }

    private IExpression And()
    {
        IExpression first = Not();
        if (!tokens.IsName("and"))
        {
            return first;
        }

        List<IExpression> operands = [first];
        while (tokens.TakeName("and"))
        {
            operands.Add(Not());
        }

        return new LogicNode([.. operands], decides: false);
    }

    private IExpression Not()
    {
        if (!tokens.IsName("not"))
        {
            return Compared();
        }

        tokens.Enter();
        tokens.Next();
        IExpression negated = new NotNode(Not());
        tokens.Leave();
        return negated;
    }

    private IExpression Compared()
    {
        IExpression first = Chain(Sums, Concatenated);
        List<(Comparison, IExpression)> rest = [];
        while (NextComparison() is { } comparison)
        {
            rest.Add((comparison, Chain(Sums, Concatenated)));
        }

        return rest.Count == 0 ? first : new CompareNode(first, [.. rest]);
    }

    private Comparison? NextComparison()
    {
        if (tokens.Current.Kind == LexemeKind.Operator && Comparisons.TryGetValue(tokens.Current.Text, out Comparison comparison))
        {
            tokens.Next();
            return comparison;
        }

        if (tokens.TakeName("in"))
        {
            return Comparison.In;
        }

        if (tokens.IsName("not") && tokens.Following is { Kind: LexemeKind.Name, Text: "in" })
        {
            tokens.Next();
            tokens.Next();
            return Comparison.NotIn;
        }

        return null;
    }

    private IExpression Chain(Dictionary<string, ArithmeticOperator> operators, Func<IExpression> operand)
    {
        IExpression first = operand();
        List<(ArithmeticOperator, IExpression)>? rest = null;
        while (tokens.Current.Kind == LexemeKind.Operator && operators.TryGetValue(tokens.Current.Text, out ArithmeticOperator op))
        {
            tokens.Next();
            (rest ??= []).Add((op, operand()));
        }

        return rest is null ? first : new ArithmeticNode(first, [.. rest]);
    }

    private IExpression Concatenated()
    {
        IExpression first = Product();
        if (!tokens.IsOperator("~"))
        {
            return first;
        }

        List<IExpression> operands = [first];
        while (tokens.TakeOperator("~"))
        {
            operands.Add(Product());
        }

        return new ConcatenationNode([.. operands]);
    }

    private IExpression Product() => Chain(Products, Power);

    private IExpression Power() => Chain(Powers, () => Signed(filters: true));

    private IExpression Signed(bool filters)
    {
        PostfixParser postfix = new(this);
        IExpression value;
        if (tokens.IsOperator("-") || tokens.IsOperator("+"))
        {
            tokens.Enter();
            bool negative = tokens.Next().Text == "-";
            value = new SignNode(Signed(filters: false), negative);
            tokens.Leave();
        }
        else
        {
            value = Primary();
        }

        value = postfix.Accesses(value);
        return filters ? postfix.Filters(value) : value;
    }

    /// <summary>A constant, a name, a list, a dict, or anything in parentheses.</summary>
    public IExpression Primary()
    {
        Token token = tokens.Current;
        switch (token.Kind)
        {
            case LexemeKind.Name:
                tokens.Next();
                return Named(token.Text);
            case LexemeKind.String:
                return new LiteralNode(TemplateValue.Trusted(Strings()));
            case LexemeKind.Integer:
                long integer = Integer(token.Text);
                tokens.Next();
                return new LiteralNode(TemplateValue.Of(integer));
            case LexemeKind.Float:
                tokens.Next();
                return new LiteralNode(TemplateValue.Of(double.Parse(token.Text, CultureInfo.InvariantCulture)));
            case LexemeKind.Operator when token.Text is "(" or "[" or "{":
                tokens.Enter();
                tokens.Next();
                IExpression value = token.Text == "(" ? Parenthesised() : token.Text == "[" ? Listed() : Mapped();
                tokens.Leave();
                return value;
            default:
                throw tokens.Error($"An expression is missing before {tokens.Describe()}.");
        }
    }

    private IExpression Named(string name)
    {
        VarargsSeen += name == "varargs" ? 1 : 0;
        KwargsSeen += name == "kwargs" ? 1 : 0;
        return name switch
        {
            "true" or "True" => new LiteralNode(TemplateValue.Of(true)),
            "false" or "False" => new LiteralNode(TemplateValue.Of(false)),
            "none" or "None" => new LiteralNode(TemplateValue.None),
            _ => new NameNode(name),
        };
    }

    // Strings that follow each other are one.
    private string Strings()
    {
        string text = tokens.Next().Text;
        List<string>? more = null;
        while (tokens.Current.Kind == LexemeKind.String)
        {
            (more ??= []).Add(tokens.Next().Text);
        }

        return more is null ? text : text + string.Concat(more);
    }

    private long Integer(string text)
    {
        int numberBase = text.Length < 2 || text[0] != '0' ? 10 : char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 };
        Int128 value = 0;
        foreach (char c in numberBase == 10 ? text : text[2..])
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : numberBase;
            value = digit < numberBase ? (value * numberBase) + digit : throw tokens.Error($"'{text}' is no integer.");
            if (value > long.MaxValue)
            {
                throw tokens.Error($"The integer '{text}' takes more than 64 bits.");
            }
        }

        return (long)value;
    }

    private IExpression Parenthesised()
    {
        if (tokens.TakeOperator(")"))
        {
            return new ListNode([], ListForm.Tuple);
        }

        IExpression value = Tuple();
        tokens.Expect(")");
        return value;
    }

    private ListNode Listed()
    {
        List<IExpression> items = [];
        while (!tokens.TakeOperator("]"))
        {
            if (items.Count > 0)
            {
                tokens.Expect(",");
                if (tokens.TakeOperator("]"))
                {
                    break;
                }
            }

            items.Add(Expression());
        }

        return new([.. items], ListForm.List);
    }

    private MapNode Mapped()
    {
        List<(IExpression, IExpression)> entries = [];
        while (!tokens.TakeOperator("}"))
        {
            if (entries.Count > 0)
            {
                tokens.Expect(",");
                if (tokens.TakeOperator("}"))
                {
                    break;
                }
            }

            IExpression key = Expression();
            tokens.Expect(":");
            entries.Add((key, Expression()));
        }

        return new([.. entries]);
    }
}
