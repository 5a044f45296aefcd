using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>What one or several schemas that must all hold say about an object.</summary>
internal sealed class ObjectShape
{
    private readonly List<(string Name, SchemaNode Schema)> _properties = [];
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);

    /// <summary>The declared properties in order.</summary>
    public IReadOnlyList<(string Name, SchemaNode Schema)> Properties => _properties;

    /// <summary>The schema of all other properties; null where there may be none.</summary>
    public SchemaNode? Others { get; private set; }

    /// <summary>Whether a property must be there.</summary>
    public bool IsRequired(string name) => _required.Contains(name);

    /// <summary>
    /// Makes it of schemas. An object that declares properties is closed unless additionalProperties opens it: a model that
    /// may add some will.
    /// </summary>
    public static ObjectShape Of(IReadOnlyList<SchemaNode> schemas)
    {
        ObjectShape shape = new();
        bool closed = false;
        foreach (SchemaNode schema in schemas)
        {
            shape.AddProperties(schema);
            shape.AddRequired(schema);
            if (schema.Child("additionalProperties") is SchemaNode others)
            {
                closed |= others.Element.ValueKind == JsonValueKind.False;
                shape.Others = shape.Others is null ? others : throw others.Unsupported("in two schemas of one object");
            }
        }

        shape.Others = closed ? null : shape.Others;
        if (shape._properties.Count == 0 && !closed && shape.Others is null)
        {
            shape.Others = new(schemas[0].Element, $"{schemas[0].Pointer}/additionalProperties");
            shape.OthersAreFree = true;
        }

        foreach (string name in shape._required.Except(shape._properties.Select(property => property.Name)).Take(1))
        {
            throw new NotSupportedException($"{schemas[0].Pointer}/required in the schema names '{name}', which properties do not declare; that is not supported.");
        }

        return shape;
    }

    /// <summary>Whether other properties may be anything.</summary>
    public bool OthersAreFree { get; private set; }

    private void AddProperties(SchemaNode schema)
    {
        if (schema.Child("properties") is not SchemaNode properties)
        {
            return;
        }

        if (properties.Element.ValueKind != JsonValueKind.Object)
        {
            throw properties.Malformed("an object of schemas");
        }

        foreach (JsonProperty property in properties.Element.EnumerateObject())
        {
            SchemaNode child = new(property.Value, $"{properties.Pointer}/{property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
            if (_properties.Exists(known => known.Name == property.Name))
            {
                throw child.Unsupported("twice in one object");
            }

            _properties.Add((property.Name, child));
        }
    }

    private void AddRequired(SchemaNode schema)
    {
        if (schema.Child("required") is not SchemaNode required)
        {
            return;
        }

        bool names = required.Element.ValueKind == JsonValueKind.Array && required.Element.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String);
        _required.UnionWith(names ? required.Element.EnumerateArray().Select(name => name.GetString() ?? "") : throw required.Malformed("a list of names"));
    }
}
