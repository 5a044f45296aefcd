namespace Sputnik.Text.Templates;

/// <summary>set a = b.</summary>
internal sealed class SetNode(ITarget target, IExpression value, int line) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Line = line;
        target.Assign(scope, value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary>set a … endset: what the block prints, through its filters.</summary>
internal sealed class SetBlockNode(ITarget target, IStatement body, FilterNode[] filters) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        TrackedBuilder inner = new(scope.Run);
        Scope block = new(scope.Run, scope);
        body.Execute(block, inner);
        TemplateValue value = TemplateValue.Of(inner.ToText());
        foreach (FilterNode filter in filters)
        {
            value = filter.Apply(block, value);
        }

        target.Assign(scope, value);
        return Flow.Next;
    }
}

/// <summary>filter f … endfilter.</summary>
internal sealed class FilterBlockNode(IStatement body, FilterNode[] filters) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        TrackedBuilder inner = new(scope.Run);
        Scope block = new(scope.Run, scope);
        body.Execute(block, inner);
        TemplateValue value = TemplateValue.Of(inner.ToText());
        foreach (FilterNode filter in filters)
        {
            value = filter.Apply(block, value);
        }

        PythonText.Append(scope.Run, value, output);
        return Flow.Next;
    }
}

/// <summary>with a = b … endwith: values from outside, names inside.</summary>
internal sealed class WithNode((ITarget Target, IExpression Value)[] assignments, IStatement body, int line) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Line = line;
        Scope inner = new(scope.Run, scope);
        foreach ((ITarget target, IExpression value) in assignments)
        {
            target.Assign(inner, value.Evaluate(scope));
        }

        return body.Execute(inner, output);
    }
}

/// <summary>macro … endmacro.</summary>
internal sealed class MacroNode(MacroText text) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Step();
        scope.Set(text.Name, TemplateValue.Of(new MacroValue(text, scope)));
        return Flow.Next;
    }
}

/// <summary>call f(a) … endcall: the block is what the macro knows as caller.</summary>
internal sealed class CallBlockNode(CallNode call, MacroText block, int line) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Line = line;
        PythonText.Append(scope.Run, call.Call(scope, new MacroValue(block, scope)), output);
        return Flow.Next;
    }
}
