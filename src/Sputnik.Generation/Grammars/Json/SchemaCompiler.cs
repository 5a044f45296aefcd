using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>
/// JSON Schema as rules, one a schema. A schema only calls the rules of those inside it, which wait in a queue: nothing
/// recurses, and a schema that refers to itself is a rule that calls itself.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly GrammarBuilder _builder;
    private readonly JsonRules _json;
    private readonly SchemaNode _root;
    private readonly ObjectRules _objects;
    private readonly ArrayRules _arrays;
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly Queue<(int Rule, SchemaNode Schema)> _left = new();

    private SchemaCompiler(GrammarBuilder builder, JsonRules json, JsonElement root)
    {
        _builder = builder;
        _json = json;
        _root = new(root, "#");
        _objects = new(builder, json, RuleOf);
        _arrays = new(builder, json, RuleOf);
    }

    /// <summary>The rule of what a schema describes.</summary>
    /// <exception cref="ArgumentException">The schema is malformed.</exception>
    /// <exception cref="NotSupportedException">It has a keyword that is not built; the message has its JSON pointer.</exception>
    public static int Compile(GrammarBuilder builder, JsonRules json, JsonElement schema)
    {
        SchemaCompiler compiler = new(builder, json, schema);
        int root = compiler.RuleOf(compiler._root);
        while (compiler._left.TryDequeue(out (int Rule, SchemaNode Schema) next))
        {
            builder.Define(next.Rule, compiler.Body(next.Schema));
        }

        return root;
    }

    /// <summary>The rule of the schema in a text.</summary>
    /// <exception cref="ArgumentException">The text is not JSON, or the schema is malformed.</exception>
    public static int Compile(GrammarBuilder builder, JsonRules json, string schema)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(schema, new() { MaxDepth = GrammarLimits.Nesting });
            return Compile(builder, json, document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw new ArgumentException($"The schema is not JSON: {malformed.Message}", nameof(schema), malformed);
        }
    }

    private int RuleOf(SchemaNode schema)
    {
        if (!_rules.TryGetValue(schema.Pointer, out int rule))
        {
            _rules[schema.Pointer] = rule = _builder.Rule(schema.Pointer);
            _left.Enqueue((rule, schema));
        }

        return rule;
    }

    private Fragment Body(SchemaNode schema)
    {
        if (schema.Element.ValueKind is JsonValueKind.True)
        {
            return _builder.Call(_json.Value);
        }

        if (schema.Element.ValueKind is JsonValueKind.False)
        {
            return _builder.Class(CodePoints.Of());
        }

        List<string> keywords = schema.Element.ValueKind == JsonValueKind.Object ? SchemaKeywords.Of(schema) : throw schema.Malformed("a schema");
        Fragment body = Described(schema, keywords);
        return schema.Get("nullable") is { ValueKind: JsonValueKind.True } ? _builder.Any(body, _builder.Text("null")) : body;
    }

    private Fragment Described(SchemaNode schema, List<string> keywords)
    {
        if (schema.Text("$ref") is string reference)
        {
            SchemaKeywords.Only(schema, keywords, "$ref", "nullable");
            return _builder.Call(RuleOf(SchemaReference.Resolve(_root, schema, reference)));
        }

        if (keywords.Contains("const") || keywords.Contains("enum"))
        {
            return Literals(schema, keywords);
        }

        foreach (string either in (ReadOnlySpan<string>)["anyOf", "oneOf"])
        {
            if (keywords.Contains(either))
            {
                SchemaKeywords.Only(schema, keywords, either, "nullable");
                return Any(schema.Children(either).Select(child => _builder.Call(RuleOf(child))), schema);
            }
        }

        return keywords.Contains("allOf") ? All(schema, keywords) : Typed(schema, keywords);
    }

    private Fragment Literals(SchemaNode schema, List<string> keywords)
    {
        SchemaKeywords.Only(schema, keywords, keywords.Contains("enum") ? "enum" : "const", "type", "nullable");
        IEnumerable<JsonElement> values = schema.Get("const") is JsonElement constant ? [constant]
            : schema.Get("enum") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray()
            : throw schema.Malformed("enum with a list of values");
        List<string> types = Types(schema);
        IEnumerable<string> texts = values.Where(value => types.Count == 0 || types.Exists(type => HasType(value, type))).Select(JsonLiteral.Of).Distinct();
        return Any(texts.Select(_builder.Text), schema);
    }

    /// <summary>Objects that several schemas describe together; a single schema is itself.</summary>
    private Fragment All(SchemaNode schema, List<string> keywords)
    {
        List<SchemaNode> parts = schema.Children("allOf");
        if (parts.Count == 1 && keywords.TrueForAll(keyword => keyword is "allOf" or "nullable"))
        {
            return _builder.Call(RuleOf(parts[0]));
        }

        SchemaKeywords.Only(schema, keywords, "allOf", "nullable", "type", "properties", "required", "additionalProperties");
        List<SchemaNode> objects = [schema];
        foreach (SchemaNode part in parts)
        {
            SchemaNode resolved = SchemaReference.Follow(_root, part);
            List<string> own = resolved.Element.ValueKind == JsonValueKind.Object ? SchemaKeywords.Of(resolved) : throw resolved.Malformed("a schema");
            SchemaKeywords.Only(resolved, own, "type", "properties", "required", "additionalProperties");
            objects.Add(resolved);
        }

        foreach (SchemaNode part in objects)
        {
            if (Types(part) is not ([] or ["object"]))
            {
                throw part.Unsupported("in allOf with another type than object");
            }
        }

        return _objects.Of(ObjectShape.Of(objects));
    }

    private Fragment Typed(SchemaNode schema, List<string> keywords)
    {
        List<string> types = Types(schema);
        if (types.Count == 0)
        {
            types = SchemaKeywords.TypeOf(keywords) is string type ? [type] : [];
        }

        return types.Count == 0 ? _builder.Call(_json.Value) : Any(types.Select(type => OfType(schema, type)), schema);
    }

    private Fragment OfType(SchemaNode schema, string type) => type switch
    {
        "object" => _objects.Of(ObjectShape.Of([schema])),
        "array" => _arrays.Of(schema),
        "string" => new StringRules(_builder, _json).Of(schema),
        "integer" => Number(schema, fractions: false),
        "number" => Number(schema, fractions: true),
        "boolean" => _builder.Call(_json.Boolean),
        "null" => _builder.Text("null"),
        _ => throw new ArgumentException($"{schema.Pointer}/type in the schema is '{type}'; object, array, string, integer, number, boolean and null are right."),
    };

    private Fragment Number(SchemaNode schema, bool fractions)
    {
        long? least = schema.Whole("minimum"), most = schema.Whole("maximum");
        foreach ((string keyword, int inwards) in (ReadOnlySpan<(string, int)>)[("exclusiveMinimum", 1), ("exclusiveMaximum", -1)])
        {
            if (schema.Whole(keyword) is long bound)
            {
                _ = fractions ? throw (schema.Child(keyword) ?? schema).Unsupported("for numbers with fractions") : 0;
                least = inwards > 0 ? Math.Max(least ?? long.MinValue, bound + 1) : least;
                most = inwards < 0 ? Math.Min(most ?? long.MaxValue, bound - 1) : most;
            }
        }

        return least is null && most is null
            ? _builder.Call(fractions ? _json.Number : _json.Integer)
            : new NumberRange(_builder, _json).Of(least, most, fractions);
    }

    private Fragment Any(IEnumerable<Fragment> branches, SchemaNode schema) =>
        branches.ToArray() is { Length: > 0 } some ? _builder.Any(some) : throw new ArgumentException($"{schema.Pointer} in the schema allows no value.");

    private static List<string> Types(SchemaNode schema) => schema.Get("type") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString() ?? ""],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(type => type.ValueKind == JsonValueKind.String ? type.GetString() ?? "" : throw schema.Malformed("type with names")).Distinct()],
        _ => throw schema.Malformed("type with a name or a list of names"),
    };

    private static bool HasType(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.Number => type == "number" || (type == "integer" && value.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number),
        JsonValueKind.Null => type == "null",
        _ => type == "boolean",
    };
}
