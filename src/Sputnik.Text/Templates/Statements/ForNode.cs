namespace Sputnik.Text.Templates;

/// <summary>A loop as it is written.</summary>
/// <param name="Target">What an item is assigned to.</param>
/// <param name="Items">What is iterated.</param>
/// <param name="Filter">Which items are left in; null for all.</param>
/// <param name="Body">What is done with each.</param>
/// <param name="Otherwise">What is done where there is none.</param>
/// <param name="Recursive">The body may call loop(items).</param>
internal sealed record ForText(ITarget Target, IExpression Items, IExpression? Filter, IStatement Body, IStatement? Otherwise, bool Recursive);

/// <summary>for … in … if …: the body once per item, each time in a fresh scope.</summary>
internal sealed class ForNode(ForText text, int line) : IStatement
{
    private static readonly MissingName NoLoop = new("The loop has not begun");

    public Flow Execute(Scope scope, TrackedBuilder output)
    {
        scope.Run.Line = line;
        Run(scope, text.Items.Evaluate(scope), output, 0);
        return Flow.Next;
    }

    private void Run(Scope scope, TemplateValue iterated, TrackedBuilder output, int depth)
    {
        TemplateRun run = scope.Run;
        run.Enter();
        List<TemplateValue> items = Filtered(scope, Sequence.Items(run, iterated));
        Func<TemplateValue, TemplateValue>? again = text.Recursive ? inner => Again(scope, inner, depth + 1) : null;
        LoopValue loop = new(items, depth, again);
        TemplateValue self = TemplateValue.Of(loop);
        for (int i = 0; i < items.Count; i++)
        {
            run.Step();
            loop.Index = i;
            Scope body = new(run, scope);
            body.Set("loop", self);
            text.Target.Assign(body, items[i]);
            if (text.Body.Execute(body, output) == Flow.Break)
            {
                break;
            }
        }

        if (items.Count == 0)
        {
            text.Otherwise?.Execute(new Scope(run, scope), output);
        }

        run.Leave();
    }

    private TemplateValue Again(Scope scope, TemplateValue items, int depth)
    {
        TrackedBuilder output = new(scope.Run);
        Run(scope, items, output, depth);
        return TemplateValue.Of(output.ToText());
    }

    private List<TemplateValue> Filtered(Scope scope, List<TemplateValue> items)
    {
        if (text.Filter is null)
        {
            return items;
        }

        List<TemplateValue> kept = [];
        foreach (TemplateValue item in items)
        {
            Scope inner = new(scope.Run, scope);
            inner.Set("loop", TemplateValue.Undefined(NoLoop));
            text.Target.Assign(inner, item);
            if (Truth.Of(text.Filter.Evaluate(inner)))
            {
                kept.Add(item);
            }
        }

        return kept;
    }
}
