using System.Text;
using System.Text.Json.Nodes;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>Damage to a safetensors file that knows what its fields mean.</summary>
internal static class FolderDamage
{
    private static readonly string[] Values =
    [
        "\"F32\"", "\"BF16\"", "\"F16\"", "\"F8_E4M3\"", "\"I64\"", "\"F4\"", "[0,0]", "[0,4]", "[4,0]", "[-1,3]", "[0,9223372036854775807]", "[9223372036854775807,9223372036854775807]",
        "[4611686018427387904,4]", "[1.5]", "[1,2,3]", "[1e2]", "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}", "{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,0]}", "{\"format\":\"pt\"}",
    ];

    /// <summary>One edit of header or data.</summary>
    public static void Apply(FolderDraft draft, ref CounterRandom random)
    {
        switch (random.NextInt(0, 8))
        {
            case <= 1:
                draft.Header = JsonDamage.Apply(draft.Header, Values, ref random);
                break;
            case <= 3:
                Entry(draft, ref random);
                break;
            case 4:
                draft.ClaimedLength = random.NextInt(0, 1) == 0 ? ByteDamage.Number(ref random) : (ulong)(draft.Header.Length + random.NextInt(-9, 9));
                break;
            case 5:
                draft.Header = ByteDamage.Apply(draft.Header, draft.Header.Length, ref random);
                break;
            case 6:
                draft.Data = random.NextInt(0, 1) == 0 ? draft.Data[..random.NextInt(0, draft.Data.Length)] : [.. draft.Data, .. new byte[random.NextInt(1, 9)]];
                break;
            case 7:
                Text(draft, ref random);
                break;
            default:
                draft.Data = NotNumbers(draft.Data, ref random);
                break;
        }
    }

    // One number or the type of one tensor: what a sum over all of them would have to notice.
    private static void Entry(FolderDraft draft, ref CounterRandom random)
    {
        JsonObject header = draft.Json();
        if (header.Count == 0 || header.ElementAt(random.NextInt(0, header.Count - 1)).Value is not JsonObject { Count: 3 } entry)
        {
            return;
        }

        JsonNode list = entry[random.NextInt(0, 1) == 0 ? "shape" : "data_offsets"] ?? new JsonArray();
        if (random.NextInt(0, 3) == 0)
        {
            entry["dtype"] = JsonNode.Parse(Values[random.NextInt(0, 5)]);
        }
        else if (list is JsonArray { Count: > 0 } numbers)
        {
            int at = random.NextInt(0, numbers.Count - 1);
            long value = numbers[at]?.GetValue<long>() ?? 0;
            numbers[at] = random.NextInt(0, 4) switch { 0 => value + 1, 1 => value - 1, 2 => 0, 3 => value * 2, _ => (long)ByteDamage.Number(ref random) };
        }

        draft.Header = Encoding.UTF8.GetBytes(header.ToJsonString());
    }

    // What JSON libraries take in different ways: a name twice, other white space, nesting, an escape.
    private static void Text(FolderDraft draft, ref CounterRandom random)
    {
        string text = Encoding.UTF8.GetString(draft.Header);
        string inner = text.Length > 2 ? text[1..^1] : "";
        text = random.NextInt(0, 5) switch
        {
            0 => $"{{{inner},{inner}}}",
            1 => new string(' ', random.NextInt(1, 64)) + text,
            2 => text + new string(' ', random.NextInt(1, 64)),
            3 => $"{{\"a\":{new string('[', 5000)}{new string(']', 5000)},{inner}}}",
            4 => text.Replace("\"model", "\"\\u006dodel", StringComparison.Ordinal),
            _ => text.Replace("layers.0", "layers.00", StringComparison.Ordinal),
        };
        draft.Header = Encoding.UTF8.GetBytes(text);
    }

    private static byte[] NotNumbers(byte[] data, ref CounterRandom random)
    {
        byte[] copy = [.. data];
        byte[] pattern = random.NextInt(0, 2) switch { 0 => [0, 0, 0xC0, 0x7F], 1 => [0, 0, 0x80, 0x7F], _ => [0xFF, 0xFF, 0x7F, 0x7F] };
        int step = random.NextInt(0, 1) == 0 ? 4 : 4 * random.NextInt(1, 300);
        for (int at = 4 * random.NextInt(0, 9); at + 4 <= copy.Length; at += step)
        {
            pattern.CopyTo(copy, at);
        }

        return copy;
    }
}
