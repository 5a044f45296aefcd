using System.Text;
using System.Text.Json.Nodes;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>Damage to a JSON document that leaves it JSON: values replaced, keys removed.</summary>
internal static class JsonDamage
{
    // JsonNode cannot write one, so it is put in afterwards.
    private const string LoneSurrogate = "\"(lone surrogate)\"";

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "7", "2147483647", "1e400", "\"\"", "\" \"", "\"a b\"", LoneSurrogate, "[]", "[\"a\"]", "{}",
    ];

    /// <summary>One to three edits with values of any document and of this kind of document.</summary>
    public static byte[] Apply(byte[] file, string[] special, ref CounterRandom random)
    {
        JsonNode root = JsonNode.Parse(file) ?? throw new InvalidDataException("The file holds null.");
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            JsonNode node = root;
            while (random.NextInt(0, 5) > 0 && Child(node, ref random) is { } child and (JsonObject or JsonArray))
            {
                node = child;
            }

            int chosen = random.NextInt(0, Values.Length + special.Length - 1);
            JsonNode? value = JsonNode.Parse(chosen < Values.Length ? Values[chosen] : special[chosen - Values.Length]);
            if (random.NextInt(0, 1) == 0 || !Nudge(node, ref random))
            {
                Edit(node, value, ref random);
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace(LoneSurrogate, "\"\\ud800\"", StringComparison.Ordinal));
    }

    // A value of the same kind passes the first checks and meets the later ones.
    private static bool Nudge(JsonNode node, ref CounterRandom random)
    {
        JsonValue[] values = [.. (node is JsonObject named ? named.Select(entry => entry.Value) : node is JsonArray list ? list : []).OfType<JsonValue>()];
        if (values.Length == 0)
        {
            return false;
        }

        JsonValue chosen = values[random.NextInt(0, values.Length - 1)], other = values[random.NextInt(0, values.Length - 1)];
        chosen.ReplaceWith(chosen.TryGetValue(out double number) && double.IsFinite(number) && random.NextInt(0, 3) > 0
            ? random.NextInt(0, 5) switch { 0 => number + 1, 1 => number - 1, 2 => number % 1e9 * 2, 3 => number / 2, 4 => -number, _ => ByteDamage.Number(ref random) }
            : other.DeepClone());
        return true;
    }

    private static void Edit(JsonNode node, JsonNode? value, ref CounterRandom random)
    {
        switch (node)
        {
            case JsonObject named when named.Count > 0:
                string key = named.ElementAt(random.NextInt(0, named.Count - 1)).Key;
                named[key] = value;
                if (random.NextInt(0, 2) == 0)
                {
                    named.Remove(key);
                }

                break;
            case JsonArray list when list.Count > 0:
                list[random.NextInt(0, list.Count - 1)] = value;
                break;
            default:
                break;
        }
    }

    private static JsonNode? Child(JsonNode node, ref CounterRandom random) => node switch
    {
        JsonObject { Count: > 0 } named => named.ElementAt(random.NextInt(0, named.Count - 1)).Value,
        JsonArray { Count: > 0 } list => list[random.NextInt(0, list.Count - 1)],
        _ => null,
    };
}
