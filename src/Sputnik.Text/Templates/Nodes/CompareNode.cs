namespace Sputnik.Text.Templates;

/// <summary>The comparisons.</summary>
internal enum Comparison : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// <summary>a &lt; b &lt; c: true if each holds, each operand evaluated once.</summary>
internal sealed class CompareNode(IExpression first, (Comparison Comparison, IExpression Operand)[] rest) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue left = first.Evaluate(scope);
        bool holds = true;
        foreach ((Comparison comparison, IExpression operand) in rest)
        {
            TemplateValue right = operand.Evaluate(scope);
            holds = Holds(scope.Run, comparison, left, right);
            left = right;
            if (!holds)
            {
                break;
            }
        }

        scope.Run.Leave();
        return TemplateValue.Of(holds);
    }

    public static bool Holds(TemplateRun run, Comparison comparison, TemplateValue a, TemplateValue b) => comparison switch
    {
        Comparison.Equal => Order.Same(run, a, b),
        Comparison.NotEqual => !Order.Same(run, a, b),
        Comparison.Less => Ordered(a, b) & Order.Compare(run, a, b) < 0,
        Comparison.LessOrEqual => Ordered(a, b) & Order.Compare(run, a, b) <= 0,
        Comparison.Greater => Ordered(a, b) & Order.Compare(run, a, b) > 0,
        Comparison.GreaterOrEqual => Ordered(a, b) & Order.Compare(run, a, b) >= 0,
        Comparison.In => Contains(run, b, a),
        _ => !Contains(run, b, a),
    };

    /// <summary>item in container.</summary>
    public static bool Contains(TemplateRun run, TemplateValue container, TemplateValue item)
    {
        switch (container.Kind)
        {
            case ValueKind.Text when item.Kind == ValueKind.Text:
                run.Charge(container.Text.Length);
                return container.Text.Text.Contains(item.Text.Text, StringComparison.Ordinal);
            case ValueKind.Map:
                return container.Map.Contains(MapKey.Of(run, item));
            case ValueKind.List:
                foreach (TemplateValue value in container.List.Items)
                {
                    if (Order.Same(run, value, item))
                    {
                        return true;
                    }
                }

                return false;
            case ValueKind.Undefined:
                return false;
            default:
                throw run.Error($"A {PythonText.TypeName(container)} cannot contain a {PythonText.TypeName(item)}.");
        }
    }

    // Nothing is above, below or equal to NaN.
    private static bool Ordered(TemplateValue a, TemplateValue b) =>
        !(a.Kind == ValueKind.Float && double.IsNaN(a.Float)) && !(b.Kind == ValueKind.Float && double.IsNaN(b.Float));
}
