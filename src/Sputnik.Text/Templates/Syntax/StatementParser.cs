namespace Sputnik.Text.Templates;

/// <summary>Text, outputs and tags.</summary>
internal sealed class StatementParser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;
    private readonly PostfixParser _postfix;
    private int _loops;

    public StatementParser(TokenStream tokens)
    {
        _tokens = tokens;
        _expressions = new(tokens);
        _postfix = new(_expressions);
    }

    /// <summary>The whole template.</summary>
    public IStatement Template() => Body([]);

    // Statements up to one of the tags that may end them, whose name is then the next token; up to the end where there is none.
    private BlockNode Body(ReadOnlySpan<string> ends)
    {
        _tokens.Enter();
        List<IStatement> statements = [];
        while (true)
        {
            int line = _tokens.Line;
            Token token = _tokens.Next();
            switch (token.Kind)
            {
                case LexemeKind.Text:
                    statements.Add(new TextNode(token.Text));
                    break;
                case LexemeKind.OutputBegin:
                    statements.Add(new OutputNode(_expressions.Tuple(), line));
                    _tokens.Expect(LexemeKind.OutputEnd);
                    break;
                case LexemeKind.TagBegin when _tokens.Current.Kind == LexemeKind.Name && ends.Contains(_tokens.Current.Text):
                    _tokens.Leave();
                    return new([.. statements]);
                case LexemeKind.TagBegin:
                    statements.Add(Tag(line));
                    break;
                case LexemeKind.End when ends.IsEmpty:
                    _tokens.Leave();
                    return new([.. statements]);
                default:
                    throw _tokens.Error(ends.IsEmpty ? $"A tag is missing before {_tokens.Describe()}." : $"'{ends[^1]}' is missing before {_tokens.Describe()}.");
            }
        }
    }

    private IStatement Tag(int line)
    {
        Token word = _tokens.Current;
        string name = _tokens.ExpectAnyName();
        switch (name)
        {
            case "if":
                return If();
            case "for":
                return For(line);
            case "set":
                return Set(line);
            case "macro":
                return Macro();
            case "call":
                return Call(line);
            case "filter":
                return Filter();
            case "with":
                return With(line);
            case "generation":
                return Generation();
            case "break" or "continue" when _loops > 0:
                _tokens.Expect(LexemeKind.TagEnd);
                return new JumpNode(name == "break" ? Flow.Break : Flow.Continue);
            case "break" or "continue":
                throw _tokens.Error($"'{name}' stands outside of a loop.", word);
            default:
                throw _tokens.Error($"The tag '{name}' is unknown here; templates of chats have if, for, set, macro, call, filter, with, raw, generation, break, continue.", word);
        }
    }

    private IStatement End(IStatement body, string name)
    {
        _tokens.ExpectName(name);
        _tokens.Expect(LexemeKind.TagEnd);
        return body;
    }

    private IfNode If()
    {
        List<(IExpression, IStatement, int)> branches = [];
        do
        {
            int line = _tokens.Line;
            IExpression condition = _expressions.Tuple();
            _tokens.Expect(LexemeKind.TagEnd);
            branches.Add((condition, Body(["elif", "else", "endif"]), line));
        }
        while (_tokens.TakeName("elif"));

        IStatement? otherwise = null;
        if (_tokens.TakeName("else"))
        {
            _tokens.Expect(LexemeKind.TagEnd);
            otherwise = Body(["endif"]);
        }

        End(new BlockNode([]), "endif");
        return new([.. branches], otherwise);
    }

    private ForNode For(int line)
    {
        ITarget target = Target();
        _tokens.ExpectName("in");
        IExpression items = _expressions.Tuple(conditional: false);
        IExpression? filter = _tokens.TakeName("if") ? _expressions.Expression() : null;
        bool recursive = _tokens.TakeName("recursive");
        _tokens.Expect(LexemeKind.TagEnd);
        _loops++;
        IStatement body = Body(["else", "endfor"]);
        _loops--;
        IStatement? otherwise = null;
        if (_tokens.TakeName("else"))
        {
            _tokens.Expect(LexemeKind.TagEnd);
            otherwise = Body(["endfor"]);
        }

        End(body, "endfor");
        return new(new(target, items, filter, body, otherwise, recursive), line);
    }

    // a, b.c, (d, e): names, fields of namespaces, and groups of them.
    private ITarget Target()
    {
        List<ITarget> targets = [];
        bool several = false;
        do
        {
            if (targets.Count > 0 && _tokens.Current.Kind != LexemeKind.Name && !_tokens.IsOperator("("))
            {
                break;
            }

            targets.Add(OneTarget());
            several |= _tokens.IsOperator(",");
        }
        while (_tokens.TakeOperator(","));

        return several ? new TupleTarget([.. targets]) : targets[0];
    }

    private ITarget OneTarget()
    {
        if (_tokens.TakeOperator("("))
        {
            _tokens.Enter();
            ITarget group = Target();
            _tokens.Expect(")");
            _tokens.Leave();
            return group;
        }

        string name = _tokens.ExpectAnyName();
        if (name is "true" or "false" or "none" or "True" or "False" or "None")
        {
            throw _tokens.Error($"'{name}' cannot be assigned to.");
        }

        return _tokens.TakeOperator(".") ? new FieldTarget(new(name), _tokens.ExpectAnyName()) : new NameTarget(name);
    }

    private IStatement Set(int line)
    {
        ITarget target = Target();
        if (_tokens.TakeOperator("="))
        {
            IExpression value = _expressions.Tuple();
            _tokens.Expect(LexemeKind.TagEnd);
            return new SetNode(target, value, line);
        }

        FilterNode[] filters = Filters();
        _tokens.Expect(LexemeKind.TagEnd);
        return new SetBlockNode(target, End(Body(["endset"]), "endset"), filters);
    }

    private FilterNode[] Filters()
    {
        List<FilterNode> filters = [];
        while (_tokens.TakeOperator("|"))
        {
            filters.Add(_postfix.Filter(new LiteralNode(TemplateValue.None)));
        }

        return [.. filters];
    }

    private FilterBlockNode Filter()
    {
        FilterNode first = _postfix.Filter(new LiteralNode(TemplateValue.None));
        FilterNode[] filters = [first, .. Filters()];
        _tokens.Expect(LexemeKind.TagEnd);
        return new(End(Body(["endfilter"]), "endfilter"), filters);
    }

    private MacroNode Macro()
    {
        string name = _tokens.ExpectAnyName();
        (string, IExpression?)[] parameters = Parameters();
        _tokens.Expect(LexemeKind.TagEnd);
        return new(MacroText(name, parameters, "endmacro"));
    }

    private CallBlockNode Call(int line)
    {
        (string, IExpression?)[] parameters = _tokens.IsOperator("(") ? Parameters() : [];
        CallNode call = _expressions.Expression() as CallNode ?? throw _tokens.Error("'call' takes the call of a macro.");
        _tokens.Expect(LexemeKind.TagEnd);
        return new(call, MacroText("caller", parameters, "endcall"), line);
    }

    // As in Jinja, only a macro that names varargs or kwargs takes more than its parameters.
    private MacroText MacroText(string name, (string, IExpression?)[] parameters, string end)
    {
        int varargs = _expressions.VarargsSeen;
        int kwargs = _expressions.KwargsSeen;
        IStatement body = MacroBody(end);
        return new(name, parameters, body, _expressions.VarargsSeen > varargs, _expressions.KwargsSeen > kwargs);
    }

    // A loop around a macro is not the macro's.
    private IStatement MacroBody(string end)
    {
        int loops = _loops;
        _loops = 0;
        IStatement body = End(Body([end]), end);
        _loops = loops;
        return body;
    }

    private (string, IExpression?)[] Parameters()
    {
        List<(string, IExpression?)> parameters = [];
        _tokens.Expect("(");
        while (!_tokens.TakeOperator(")"))
        {
            if (parameters.Count > 0)
            {
                _tokens.Expect(",");
            }

            string name = _tokens.ExpectAnyName();
            IExpression? otherwise = _tokens.TakeOperator("=") ? _expressions.Expression() : null;
            parameters.Add(otherwise is not null || parameters.Count == 0 || parameters[^1].Item2 is null ? (name, otherwise)
                : throw _tokens.Error($"The parameter '{name}' without a default stands behind one with a default."));
        }

        return [.. parameters];
    }

    private WithNode With(int line)
    {
        List<(ITarget, IExpression)> assignments = [];
        while (_tokens.Current.Kind != LexemeKind.TagEnd)
        {
            if (assignments.Count > 0)
            {
                _tokens.Expect(",");
            }

            ITarget target = OneTarget();
            _tokens.Expect("=");
            assignments.Add((target, _expressions.Expression()));
        }

        _tokens.Expect(LexemeKind.TagEnd);
        return new([.. assignments], End(Body(["endwith"]), "endwith"), line);
    }

    // Hugging Face's mark around what the assistant says: it changes nothing in the text.
    private IStatement Generation()
    {
        _tokens.Expect(LexemeKind.TagEnd);
        return End(Body(["endgeneration"]), "endgeneration");
    }
}
