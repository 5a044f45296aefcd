namespace Sputnik.Text.Templates;

/// <summary>What a loop tells its body under the name loop.</summary>
internal sealed class LoopValue(List<TemplateValue> items, int depth, Func<TemplateValue, TemplateValue>? again) : IPayload
{
    private static readonly MissingName NoPrevious = new("There is no previous item");
    private static readonly MissingName NoNext = new("There is no next item");

    private TemplateValue[]? _last;

    /// <summary>The place of the item at hand, from 0.</summary>
    public int Index { get; set; }

    public string Display => $"<LoopContext {Index + 1}/{items.Count}>";

    public TemplateValue? Get(string name) => name switch
    {
        "index" => TemplateValue.Of(Index + 1L),
        "index0" => TemplateValue.Of((long)Index),
        "revindex" => TemplateValue.Of((long)items.Count - Index),
        "revindex0" => TemplateValue.Of((long)items.Count - Index - 1),
        "first" => TemplateValue.Of(Index == 0),
        "last" => TemplateValue.Of(Index == items.Count - 1),
        "length" => TemplateValue.Of((long)items.Count),
        "depth" => TemplateValue.Of(depth + 1L),
        "depth0" => TemplateValue.Of((long)depth),
        "previtem" => Index > 0 ? items[Index - 1] : TemplateValue.Undefined(NoPrevious),
        "nextitem" => Index < items.Count - 1 ? items[Index + 1] : TemplateValue.Undefined(NoNext),
        "cycle" => TemplateValue.Of(new BoundMethod("cycle", TemplateValue.Of(this), Cycle)),
        "changed" => TemplateValue.Of(new BoundMethod("changed", TemplateValue.Of(this), Changed)),
        _ => null,
    };

    /// <summary>loop(items): the body again, over other items.</summary>
    public TemplateValue Recurse(TemplateRun run, Arguments arguments)
    {
        if (again is null)
        {
            throw run.Error("The loop cannot be called: it is not marked recursive.");
        }

        run.EnterCall();
        TemplateValue text = again(arguments.Need(run, 0, "iterable"));
        run.LeaveCall();
        return text;
    }

    private static TemplateValue Cycle(TemplateRun run, TemplateValue self, Arguments arguments) => arguments.Positional.Length > 0
        ? arguments.Positional[self.Loop.Index % arguments.Positional.Length]
        : throw run.Error("loop.cycle takes at least one value.");

    private static TemplateValue Changed(TemplateRun run, TemplateValue self, Arguments arguments)
    {
        LoopValue loop = self.Loop;
        TemplateValue[] now = arguments.Positional;
        bool same = loop._last is { } last && last.Length == now.Length && last.Index().All(pair => Order.Same(run, pair.Item, now[pair.Index]));
        loop._last = now;
        return TemplateValue.Of(!same);
    }
}
