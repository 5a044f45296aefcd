namespace Sputnik.Text.Templates;

/// <summary>a.name: the method of a, else its entry.</summary>
internal sealed class AttributeNode(IExpression target, string name, int line) : IExpression
{
    private readonly MissingName _missing = new($"There is no attribute '{name}'");
    private readonly Methods.Set _methods = Methods.Named(name);

    public IExpression Target => target;

    public string Name => name;

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = target.Evaluate(scope);
        scope.Run.Leave();
        if (value.Kind == ValueKind.Undefined)
        {
            scope.Run.Line = line;
        }

        return Members.Attribute(scope.Run, value, name, _methods, _missing);
    }
}

/// <summary>a[b]: the entry, else the method of that name.</summary>
internal sealed class SubscriptNode(IExpression target, IExpression index, int line) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = target.Evaluate(scope);
        TemplateValue at = index.Evaluate(scope);
        scope.Run.Leave();
        if (value.Kind == ValueKind.Undefined)
        {
            scope.Run.Line = line;
        }

        return Members.Item(scope.Run, value, at);
    }
}

/// <summary>a[start:stop:step].</summary>
internal sealed class SliceNode(IExpression target, IExpression? start, IExpression? stop, IExpression? step) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = target.Evaluate(scope);
        long? from = Bound(scope, start);
        long? to = Bound(scope, stop);
        long stride = Bound(scope, step) ?? 1;
        scope.Run.Leave();
        return Sequence.Slice(scope.Run, value, from, to, stride);
    }

    private static long? Bound(Scope scope, IExpression? bound)
    {
        TemplateValue value = bound?.Evaluate(scope) ?? TemplateValue.None;
        return value.Kind == ValueKind.None ? null
            : value.IsInteger ? value.Int
            : throw scope.Run.Error($"A slice takes integers, got {PythonText.TypeName(value)}.");
    }
}
