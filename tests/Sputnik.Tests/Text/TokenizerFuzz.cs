using System.Text;
using System.Text.Json.Nodes;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>Damages tokenizer.json files: whatever comes of it is a tokenizer that works or an error that names the fault.</summary>
internal static class TokenizerFuzz
{
    // JsonNode cannot write one, so it is put in afterwards.
    private const string LoneSurrogate = "\"(lone surrogate)\"";

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "7", "2147483647", "1e400", "\"\"", "\" \"", "\"a b\"", LoneSurrogate, "[]", "[\"a\"]", "{}",
        "{\"type\":\"Sequence\"}", "{\"type\":\"ByteLevel\"}", "{\"type\":\"NFC\"}", "\"▁\"", "\"<0x41>\"", "[[\"a\",\"b\"]]",
    ];

    /// <summary>Loads that many damaged files; returns how many were refused. Any other error escapes.</summary>
    public static int Run(int count, ulong seed)
    {
        string[] whole = [PublishedFile.ByteLevel().ToJsonString(), PublishedFile.SentencePiece().ToJsonString()];
        string directory = Directory.CreateTempSubdirectory("sputnik-fuzz-").FullName;
        var random = new CounterRandom(seed, "tokenizer-fuzz");
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            CounterRandom at = random.Split((ulong)i);
            string text = whole[i % whole.Length];
            byte[] file = i % 3 == 0 ? DamageBytes(Encoding.UTF8.GetBytes(text), ref at) : DamageValues(text, ref at);
            File.WriteAllBytes(Path.Combine(directory, "tokenizer.json"), file);
            refused += IsRefused(directory) ? 1 : 0;
        }

        Directory.Delete(directory, recursive: true);
        return refused;
    }

    private static bool IsRefused(string directory)
    {
        try
        {
            Tokenizer tokenizer = Tokenizer.Load(directory);
            int[] ids = tokenizer.Encode("ab <s> xyz\u00e9\ud800<|begin|>", parseSpecial: true);
            tokenizer.Decode(ids);
            return false;
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            return true;
        }
    }

    private static byte[] DamageBytes(byte[] file, ref CounterRandom random)
    {
        for (int edits = random.NextInt(1, 4); edits > 0; edits--)
        {
            int at = random.NextInt(0, file.Length - 1);
            switch (random.NextInt(0, 3))
            {
                case 0:
                    file[at] = (byte)random.NextInt(0, 255);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.NextInt(0, 7));
                    break;
                case 2:
                    file = [.. file[..at], .. file[random.NextInt(at, file.Length - 1)..]];
                    break;
                default:
                    file = [.. file[..at], .. file[random.NextInt(0, at)..]];
                    break;
            }
        }

        return file;
    }

    private static byte[] DamageValues(string file, ref CounterRandom random)
    {
        JsonNode root = JsonNode.Parse(file) ?? throw new InvalidDataException("The file holds null.");
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            JsonNode node = root;
            while (random.NextInt(0, 5) > 0 && Child(node, ref random) is { } child and (JsonObject or JsonArray))
            {
                node = child;
            }

            JsonNode? value = JsonNode.Parse(Values[random.NextInt(0, Values.Length - 1)]);
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

        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace(LoneSurrogate, "\"\\ud800\"", StringComparison.Ordinal));
    }

    private static JsonNode? Child(JsonNode node, ref CounterRandom random) => node switch
    {
        JsonObject { Count: > 0 } named => named.ElementAt(random.NextInt(0, named.Count - 1)).Value,
        JsonArray { Count: > 0 } list => list[random.NextInt(0, list.Count - 1)],
        _ => null,
    };
}
