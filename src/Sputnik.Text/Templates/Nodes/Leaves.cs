namespace Sputnik.Text.Templates;

/// <summary>A constant.</summary>
internal sealed class LiteralNode(TemplateValue value) : IExpression
{
    public TemplateValue Value => value;

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Step();
        return value;
    }
}

/// <summary>A name.</summary>
internal sealed class NameNode(string name) : IExpression
{
    private readonly MissingName _missing = new($"'{name}' is undefined");

    public string Name => name;

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Step();
        return scope.Get(name, _missing);
    }
}

/// <summary>[a, b] or (a, b).</summary>
internal sealed class ListNode(IExpression[] items, ListForm form) : IExpression
{
    public IExpression[] Items => items;

    public bool IsTuple => form == ListForm.Tuple;

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        List<TemplateValue> values = new(items.Length);
        foreach (IExpression item in items)
        {
            values.Add(item.Evaluate(scope));
        }

        scope.Run.Leave();
        return TemplateValue.Of(new ListValue(values, form));
    }
}

/// <summary>{a: b}.</summary>
internal sealed class MapNode((IExpression Key, IExpression Value)[] entries) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        MapValue map = new();
        foreach ((IExpression key, IExpression value) in entries)
        {
            TemplateValue name = key.Evaluate(scope);
            map.Set(MapKey.Of(scope.Run, name), name, value.Evaluate(scope));
        }

        scope.Run.Leave();
        return TemplateValue.Of(map);
    }
}
