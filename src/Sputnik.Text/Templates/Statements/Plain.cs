namespace Sputnik.Text.Templates;

/// <summary>Text between tags: the author's own.</summary>
internal sealed class TextNode(string text) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        output.Append(text, fromInput: false);
        return Flow.Next;
    }
}

/// <summary>{{ value }}.</summary>
internal sealed class OutputNode(IExpression value, int line) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Line = line;
        PythonText.Append(scope.Run, value.Evaluate(scope), output);
        return Flow.Next;
    }
}

/// <summary>Statements one after another, up to a break or continue.</summary>
internal sealed class BlockNode(IStatement[] statements) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Enter();
        foreach (IStatement statement in statements)
        {
            Flow flow = statement.Execute(scope, output);
            if (flow != Flow.Next)
            {
                scope.Run.Leave();
                return flow;
            }
        }

        scope.Run.Leave();
        return Flow.Next;
    }
}

/// <summary>break and continue.</summary>
internal sealed class JumpNode(Flow flow) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output) => flow;
}

/// <summary>if, elif, else. It has no scope of its own.</summary>
internal sealed class IfNode((IExpression Condition, IStatement Body, int Line)[] branches, IStatement? otherwise) : IStatement
{
    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        foreach ((IExpression condition, IStatement body, int line) in branches)
        {
            scope.Run.Line = line;
            if (Truth.Of(condition.Evaluate(scope)))
            {
                return body.Execute(scope, output);
            }
        }

        return otherwise?.Execute(scope, output) ?? Flow.Next;
    }
}
