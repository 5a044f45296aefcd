namespace Sputnik.Text.Templates;

/// <summary>The arguments of a call as they are written: in order, by keyword, and the two that are spread out.</summary>
internal sealed class ArgumentNodes(IExpression[] positional, (string Name, IExpression Value)[] named, IExpression? list, IExpression? map)
{
    public static ArgumentNodes None { get; } = new([], [], null, null);

    public Arguments Evaluate(Scope scope)
    {
        if (positional.Length == 0 && named.Length == 0 && list is null && map is null)
        {
            return Arguments.None;
        }

        TemplateValue[] values = positional.Length == 0 ? [] : new TemplateValue[positional.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = positional[i].Evaluate(scope);
        }

        (string Name, TemplateValue Value)[] keywords = named.Length == 0 ? [] : new (string, TemplateValue)[named.Length];
        for (int i = 0; i < keywords.Length; i++)
        {
            keywords[i] = (named[i].Name, named[i].Value.Evaluate(scope));
        }

        return list is null && map is null ? new(values, keywords) : Spread(scope, values, keywords);
    }

    private Arguments Spread(Scope scope, TemplateValue[] values, (string Name, TemplateValue Value)[] keywords)
    {
        List<TemplateValue> more = list is null ? [] : Sequence.Items(scope.Run, list.Evaluate(scope));
        TemplateValue given = map?.Evaluate(scope) ?? TemplateValue.None;
        if (map is not null && given.Kind != ValueKind.Map)
        {
            throw scope.Run.Error($"** takes a dict, got {PythonText.TypeName(given)}.");
        }

        List<(string, TemplateValue)> all = [.. keywords];
        for (int i = 0; map is not null && i < given.Map.Count; i++)
        {
            all.Add((given.Map[i].Key.Text, given.Map[i].Value));
        }

        scope.Run.ChargeItems(all.Count);
        return new([.. values, .. more], [.. all]);
    }
}
