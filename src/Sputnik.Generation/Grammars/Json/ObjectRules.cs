namespace Sputnik.Generation.Grammars;

/// <summary>
/// An object's declared properties in the order of their declaration, optional ones left out at will, then others. Two
/// rules a property: what may follow once something stands, and what may stand next.
/// </summary>
internal sealed class ObjectRules(GrammarBuilder builder, JsonRules json, Func<SchemaNode, int> ruleOf)
{
    /// <summary>The object of a shape.</summary>
    public Fragment Of(ObjectShape shape)
    {
        (int? next, bool mayEnd) = Others(shape);
        for (int i = shape.Properties.Count - 1; i >= 0; i--)
        {
            (string name, SchemaNode schema) = shape.Properties[i];
            Fragment standing = builder.Then(
                builder.Call(json.Member(builder.Text(JsonLiteral.Of(name)), ruleOf(schema))),
                builder.Call(Following(next, mayEnd)));
            bool required = shape.IsRequired(name);
            int here = builder.Rule("properties");
            builder.Define(here, !required && next is int later ? builder.Any(standing, builder.Call(later)) : standing);
            next = here;
            mayEnd &= !required;
        }

        Fragment filled = next is int first ? builder.Then(builder.Call(first), builder.Call(json.Space)) : builder.Nothing();
        return builder.All(
            builder.Text("{"),
            builder.Call(json.Space),
            next is not null && mayEnd ? builder.Optional(filled) : filled,
            builder.Text("}"));
    }

    private (int? Rule, bool MayEnd) Others(ObjectShape shape)
    {
        if (shape.Others is not SchemaNode others)
        {
            return (null, true);
        }

        int value = shape.OthersAreFree ? json.Value : ruleOf(others);
        int key = shape.Properties.Count == 0 ? json.String : new OtherKeys(builder, json).Rule(shape.Properties.Select(property => property.Name));
        int member = json.Member(builder.Call(key), value);
        int rule = builder.Rule("other properties");
        builder.Define(rule, builder.Then(
            builder.Call(member),
            builder.Repeat(builder.Then(json.Spaced(','), builder.Call(member)), 0, null)));
        return (rule, true);
    }

    /// <summary>What follows a property: a comma and the next, or nothing where all that is left is optional.</summary>
    private int Following(int? next, bool mayEnd)
    {
        int rule = builder.Rule("following");
        Fragment more = next is int later ? builder.Then(json.Spaced(','), builder.Call(later)) : builder.Nothing();
        builder.Define(rule, next is not null && mayEnd ? builder.Optional(more) : more);
        return rule;
    }
}
