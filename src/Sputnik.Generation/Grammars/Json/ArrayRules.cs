using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>Lists: the first items by their own schemas, the others by one, within counts.</summary>
internal sealed class ArrayRules(GrammarBuilder builder, JsonRules json, Func<SchemaNode, int> ruleOf)
{
    /// <summary>The list of a schema.</summary>
    public Fragment Of(SchemaNode schema)
    {
        int least = schema.Count("minItems") ?? 0;
        int? most = schema.Count("maxItems");
        if (most < least)
        {
            throw new ArgumentException($"{schema.Pointer} in the schema has minItems {least} and maxItems {most}; maxItems must not be less.");
        }

        if (schema.Get("items") is { ValueKind: JsonValueKind.Array })
        {
            throw new SchemaNode(schema.Element, $"{schema.Pointer}/items").Unsupported("as a list: write prefixItems");
        }

        List<SchemaNode> first = schema.Children("prefixItems");
        int item = schema.Child("items") is SchemaNode items ? ruleOf(items) : json.Value;
        most = schema.Get("items") is { ValueKind: JsonValueKind.False } ? Math.Min(most ?? int.MaxValue, first.Count) : most;
        if (most < least)
        {
            throw new ArgumentException($"{schema.Pointer} in the schema asks for {least} items and allows {most}.");
        }

        int kept = Math.Min(first.Count, most ?? int.MaxValue);
        int rest = Rest(item, Math.Max(least - kept, 0), most - kept);
        for (int i = kept - 1; i >= 1; i--)
        {
            rest = Following(ruleOf(first[i]), rest, mayEnd: i >= least);
        }

        Fragment inside = kept > 0
            ? builder.Then(builder.Call(ruleOf(first[0])), builder.Call(rest))
            : most == 0 ? builder.Nothing() : builder.Then(builder.Call(item), builder.Call(Rest(item, Math.Max(least - 1, 0), most - 1)));
        inside = builder.Then(inside, builder.Call(json.Space));
        return builder.All(
            builder.Text("["),
            builder.Call(json.Space),
            most == 0 ? builder.Nothing() : least == 0 ? builder.Optional(inside) : inside,
            builder.Text("]"));
    }

    private int Rest(int item, int least, int? most)
    {
        int rule = builder.Rule("items");
        builder.Define(rule, builder.Repeat(builder.Then(json.Spaced(','), builder.Call(item)), least, most));
        return rule;
    }

    private int Following(int item, int rest, bool mayEnd)
    {
        int rule = builder.Rule("item");
        Fragment more = builder.All(json.Spaced(','), builder.Call(item), builder.Call(rest));
        builder.Define(rule, mayEnd ? builder.Optional(more) : more);
        return rule;
    }
}
