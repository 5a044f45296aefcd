namespace Sputnik.Generation.Grammars;

/// <summary>Strings by length, by pattern or by format.</summary>
internal sealed class StringRules(GrammarBuilder builder, JsonRules json)
{
    /// <summary>The string of a schema.</summary>
    public Fragment Of(SchemaNode schema)
    {
        int? least = schema.Count("minLength"), most = schema.Count("maxLength");
        string? pattern = schema.Text("pattern"), format = schema.Text("format");
        if (new object?[] { pattern, format, least ?? most }.Count(rule => rule is not null) > 1)
        {
            throw (schema.Child(pattern is null ? "format" : "pattern") ?? schema).Unsupported("together with another rule for the same string");
        }

        if (format is not null)
        {
            pattern = StringFormats.PatternOf(format) ?? throw new NotSupportedException($"{schema.Pointer}/format in the schema is '{format}'; date, time, date-time, uuid, ipv4 and email are supported.");
        }

        Fragment inside = pattern is null
            ? builder.Repeat(builder.Call(json.Character), least ?? 0, most)
            : Matching(pattern, schema);
        return builder.All(builder.Text("\""), inside, builder.Text("\""));
    }

    private Fragment Matching(string pattern, SchemaNode schema)
    {
        try
        {
            return RegexParser.InJsonString(builder, pattern);
        }
        catch (NotSupportedException unsupported)
        {
            throw new NotSupportedException($"{schema.Pointer}/pattern in the schema: {unsupported.Message}", unsupported);
        }
    }
}
