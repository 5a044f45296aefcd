namespace Sputnik.Text.Templates;

/// <summary>What a value can be assigned to.</summary>
internal interface ITarget
{
    void Assign(Scope scope, TemplateValue value);
}

/// <summary>A name, in the innermost scope.</summary>
internal sealed class NameTarget(string name) : ITarget
{
    public void Assign(Scope scope, TemplateValue value) => scope.Set(name, value);
}

/// <summary>A field of a namespace, which outlives the scope.</summary>
internal sealed class FieldTarget(NameNode owner, string field) : ITarget
{
    public void Assign(Scope scope, TemplateValue value)
    {
        TemplateValue target = owner.Evaluate(scope);
        if (target.Kind != ValueKind.Namespace)
        {
            throw scope.Run.Error($"'{owner.Name}.{field}' cannot be set: '{owner.Name}' is no namespace but a {PythonText.TypeName(target)}.");
        }

        target.Map.Set(field, value);
    }
}

/// <summary>a, b: one item each.</summary>
internal sealed class TupleTarget(ITarget[] targets) : ITarget
{
    public void Assign(Scope scope, TemplateValue value)
    {
        scope.Run.Enter();
        List<TemplateValue> items = Sequence.Items(scope.Run, value);
        if (items.Count != targets.Length)
        {
            throw scope.Run.Error($"{targets.Length} names take {targets.Length} values, got {items.Count}.");
        }

        for (int i = 0; i < targets.Length; i++)
        {
            targets[i].Assign(scope, items[i]);
        }

        scope.Run.Leave();
    }
}
