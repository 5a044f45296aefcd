namespace Sputnik.Text.Templates;

/// <summary>a | name(b).</summary>
internal sealed class FilterNode(IExpression input, string name, ArgumentNodes arguments, int line) : IExpression
{
    private readonly Method? _filter = FilterTable.All.GetValueOrDefault(name);

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = input.Evaluate(scope);
        scope.Run.Leave();
        return Apply(scope, value);
    }

    /// <summary>The filter on a value that is there already: the text of a block.</summary>
    public TemplateValue Apply(Scope scope, TemplateValue value)
    {
        TemplateRun run = scope.Run;
        run.Enter();
        Arguments given = arguments.Evaluate(scope);
        run.Line = line;
        Method filter = _filter ?? throw run.Error($"There is no filter '{name}'.");
        TemplateValue result = filter(run, value, given);
        run.Leave();
        return result;
    }
}

/// <summary>a is name(b), a is not name(b).</summary>
internal sealed class TestNode(IExpression input, string name, ArgumentNodes arguments, bool negated, int line) : IExpression
{
    private readonly Func<TemplateRun, TemplateValue, Arguments, bool>? _test = TestTable.All.GetValueOrDefault(name);

    public TemplateValue Evaluate(Scope scope)
    {
        TemplateRun run = scope.Run;
        run.Enter();
        TemplateValue value = input.Evaluate(scope);
        Arguments given = arguments.Evaluate(scope);
        Func<TemplateRun, TemplateValue, Arguments, bool>? test = _test;
        if (test is null)
        {
            run.Line = line;
            throw run.Error($"There is no test '{name}'.");
        }

        bool holds = test(run, value, given);
        run.Leave();
        return TemplateValue.Of(holds != negated);
    }
}
