using System.Text.Json.Nodes;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>Small tokenizer.json files in the shapes of published ones.</summary>
internal static class PublishedFile
{
    private const string Llama3 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>As Llama 3's: bytes, pairs as arrays, whole pieces first, a template that adds the opening token.</summary>
    public static JsonObject ByteLevel() => new()
    {
        ["added_tokens"] = new JsonArray(Added(259, "<|begin|>", special: true), Added(260, "<tool>", special: false)),
        ["normalizer"] = null,
        ["pre_tokenizer"] = Sequence("pretokenizers", Split(Llama3), new JsonObject
        {
            ["type"] = "ByteLevel",
            ["add_prefix_space"] = false,
            ["use_regex"] = false,
        }),
        ["post_processor"] = Sequence("processors", new JsonObject { ["type"] = "ByteLevel" }, new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(
                new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = "<|begin|>", ["type_id"] = 0 } },
                new JsonObject { ["Sequence"] = new JsonObject { ["id"] = "A", ["type_id"] = 0 } }),
        }),
        ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
        ["model"] = Model(
            [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.Spell([(byte)b])), "ab", "Ġab", "xyz"],
            new JsonArray(new JsonArray("a", "b"), new JsonArray("Ġ", "ab")),
            ("ignore_merges", true)),
    };

    /// <summary>As Llama 2's: characters, bytes where there is no token, spaces by two normalizers.</summary>
    public static JsonObject SentencePiece() => new()
    {
        ["added_tokens"] = new JsonArray(Added(0, "<unk>", special: true), Added(1, "<s>", special: true), Added(2, "</s>", special: true)),
        ["normalizer"] = Sequence(
            "normalizers",
            new JsonObject { ["type"] = "Prepend", ["prepend"] = "▁" },
            new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = "▁" }),
        ["pre_tokenizer"] = null,
        ["post_processor"] = null,
        ["decoder"] = Sequence(
            "decoders",
            new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = "▁" }, ["content"] = " " },
            new JsonObject { ["type"] = "ByteFallback" },
            new JsonObject { ["type"] = "Fuse" },
            new JsonObject { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 }),
        ["model"] = Model(
            SmallSentencePiece.Data.Tokens,
            new JsonArray("▁ ▁", "a b", "b c", "▁ a", "▁a b", "▁ ab"),
            ("byte_fallback", true)),
    };

    /// <summary>An entry of added_tokens.</summary>
    public static JsonObject Added(int id, string content, bool special) =>
        new() { ["id"] = id, ["content"] = content, ["special"] = special, ["normalized"] = false };

    /// <summary>A Split step.</summary>
    public static JsonObject Split(string regex) => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = regex },
        ["behavior"] = "Isolated",
        ["invert"] = false,
    };

    /// <summary>Loads a file, and a tokenizer_config.json where one is given.</summary>
    public static Tokenizer Load(JsonObject file, string? config = null)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("sputnik-text-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "tokenizer.json"), file.ToJsonString());
            if (config is not null)
            {
                File.WriteAllText(Path.Combine(directory.FullName, "tokenizer_config.json"), config);
            }

            return Tokenizer.Load(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JsonObject Sequence(string name, params JsonNode[] steps) =>
        new() { ["type"] = "Sequence", [name] = new JsonArray(steps) };

    private static JsonObject Model(IReadOnlyList<string> tokens, JsonArray merges, (string Name, bool Value) setting) => new()
    {
        ["type"] = "BPE",
        ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
        ["merges"] = merges,
        [setting.Name] = setting.Value,
    };
}
