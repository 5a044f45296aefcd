namespace Sputnik.Text.Templates;

/// <summary>f(a, b=c).</summary>
internal sealed class CallNode(IExpression callee, ArgumentNodes arguments, int line) : IExpression
{
    public TemplateValue Evaluate(Scope scope) => Call(scope, caller: null);

    /// <summary>The call, with the block of a call tag where there is one.</summary>
    public TemplateValue Call(Scope scope, MacroValue? caller)
    {
        TemplateRun run = scope.Run;
        run.Enter();
        TemplateValue function = callee.Evaluate(scope);
        Arguments given = arguments.Evaluate(scope);
        run.Line = line;
        if (caller is not null)
        {
            given = given with { Named = [.. given.Named, ("caller", TemplateValue.Of(caller))] };
        }

        TemplateValue result = function.Kind switch
        {
            ValueKind.Callable => function.Callable.Call(run, given),
            ValueKind.Loop => function.Loop.Recurse(run, given),
            ValueKind.Undefined => throw run.Error(function.Missing + "."),
            _ => throw run.Error($"A {PythonText.TypeName(function)} cannot be called."),
        };
        run.Leave();
        return result;
    }
}
