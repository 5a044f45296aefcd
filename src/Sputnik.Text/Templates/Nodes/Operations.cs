namespace Sputnik.Text.Templates;

/// <summary>not a.</summary>
internal sealed class NotNode(IExpression operand) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        bool truth = Truth.Of(operand.Evaluate(scope));
        scope.Run.Leave();
        return TemplateValue.Of(!truth);
    }
}

/// <summary>-a or +a.</summary>
internal sealed class SignNode(IExpression operand, bool negative) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = operand.Evaluate(scope);
        scope.Run.Leave();
        return negative ? Arithmetic.Negate(scope.Run, value) : Arithmetic.Apply(scope.Run, ArithmeticOperator.Add, TemplateValue.Of(0L), value);
    }
}

/// <summary>a + b - c: operators of one precedence, from left to right.</summary>
internal sealed class ArithmeticNode(IExpression first, (ArithmeticOperator Operator, IExpression Operand)[] rest) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = first.Evaluate(scope);
        foreach ((ArithmeticOperator op, IExpression operand) in rest)
        {
            value = Arithmetic.Apply(scope.Run, op, value, operand.Evaluate(scope));
        }

        scope.Run.Leave();
        return value;
    }
}

/// <summary>a ~ b ~ c: all as text.</summary>
internal sealed class ConcatenationNode(IExpression[] operands) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TrackedBuilder builder = new(scope.Run);
        foreach (IExpression operand in operands)
        {
            PythonText.Append(scope.Run, operand.Evaluate(scope), builder);
        }

        scope.Run.Leave();
        return TemplateValue.Of(builder.ToText());
    }
}

/// <summary>a and b, a or b: the first operand that decides.</summary>
internal sealed class LogicNode(IExpression[] operands, bool decides) : IExpression
{
    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = default;
        foreach (IExpression operand in operands)
        {
            value = operand.Evaluate(scope);
            if (Truth.Of(value) == decides)
            {
                break;
            }
        }

        scope.Run.Leave();
        return value;
    }
}

/// <summary>a if b else c; without else undefined where b is false.</summary>
internal sealed class ConditionNode(IExpression condition, IExpression then, IExpression? otherwise) : IExpression
{
    private static readonly MissingName NoElse = new("the inline if has no else and its condition is false");

    public TemplateValue Evaluate(Scope scope)
    {
        scope.Run.Enter();
        TemplateValue value = Truth.Of(condition.Evaluate(scope)) ? then.Evaluate(scope)
            : otherwise is null ? TemplateValue.Undefined(NoElse)
            : otherwise.Evaluate(scope);
        scope.Run.Leave();
        return value;
    }
}
