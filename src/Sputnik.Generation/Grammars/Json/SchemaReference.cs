using System.Globalization;
using System.Text.Json;

namespace Sputnik.Generation.Grammars;

/// <summary>Finds what $ref points to, inside of its document only.</summary>
internal static class SchemaReference
{
    /// <summary>The schema at a JSON pointer (RFC 6901) behind "#".</summary>
    /// <exception cref="NotSupportedException">It points to another document or to an anchor.</exception>
    /// <exception cref="ArgumentException">Nothing is there.</exception>
    public static SchemaNode Resolve(SchemaNode root, SchemaNode from, string reference)
    {
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new NotSupportedException($"{from.Pointer}/$ref in the schema is '{reference}'; only references within the schema (#/…) are supported.");
        }

        JsonElement at = root.Element;
        foreach (string part in reference.Split('/').Skip(1))
        {
            string name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            bool found = at.ValueKind switch
            {
                JsonValueKind.Object => at.TryGetProperty(name, out at),
                JsonValueKind.Array => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && TryItem(ref at, index),
                _ => false,
            };
            if (!found)
            {
                throw new ArgumentException($"{from.Pointer}/$ref in the schema is '{reference}', where there is nothing.");
            }
        }

        return new(at, reference);
    }

    /// <summary>The schema itself, or what it refers to through any number of references.</summary>
    public static SchemaNode Follow(SchemaNode root, SchemaNode schema)
    {
        HashSet<string> seen = [];
        while (schema.Text("$ref") is string reference)
        {
            schema = seen.Add(schema.Pointer) ? Resolve(root, schema, reference) : throw new ArgumentException($"{schema.Pointer}/$ref in the schema leads back to itself.");
        }

        return schema;
    }

    private static bool TryItem(ref JsonElement list, int index)
    {
        if (index >= list.GetArrayLength())
        {
            return false;
        }

        list = list[index];
        return true;
    }
}
