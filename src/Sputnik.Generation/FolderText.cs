using System.Text.Json;
using System.Text.Json.Nodes;
using Sputnik.Models;
using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>What the files of a model folder say of text, as the metadata of a GGUF file.</summary>
internal static class FolderText
{
    private const string TemplateKey = "tokenizer.chat_template";

    /// <summary>The keys of vocabulary, template and sampling; none of the vocabulary where there is no tokenizer.json.</summary>
    public static IReadOnlyDictionary<string, GgufValue> Metadata(string folder, int rows)
    {
        Dictionary<string, GgufValue> keys = new(StringComparer.Ordinal);
        if (File.Exists(Path.Combine(folder, "tokenizer.json")))
        {
            Add(keys, Tokenizer.Load(folder).ToData(rows));
        }

        if (Template(folder) is { } template)
        {
            keys[TemplateKey] = GgufValue.Of(template);
        }

        string generation = Path.Combine(folder, GenerationConfig.FileName);
        if (File.Exists(generation) && Json(generation) is JsonObject wishes)
        {
            Wish(keys, wishes);
        }

        return keys;
    }

    // typical_p has no key in GGUF.
    private static void Wish(Dictionary<string, GgufValue> keys, JsonObject wishes)
    {
        (string Ours, string Theirs)[] reals = [("temperature", "temp"), ("top_p", "top_p"), ("min_p", "min_p"), ("repetition_penalty", "penalty_repeat")];
        foreach ((string ours, string theirs) in reals)
        {
            if (wishes[ours] is JsonValue value && value.TryGetValue(out float number))
            {
                keys["general.sampling." + theirs] = GgufValue.Of(number);
            }
        }

        if (wishes["top_k"] is JsonValue most && most.TryGetValue(out int count) && count >= 0)
        {
            keys["general.sampling.top_k"] = GgufValue.Of((uint)count);
        }
    }

    private static void Add(Dictionary<string, GgufValue> keys, TokenizerData data)
    {
        keys["tokenizer.ggml.model"] = GgufValue.Of(data.Model);
        keys["tokenizer.ggml.tokens"] = GgufValue.Of(data.Tokens);
        if (data.Pre is { } pre)
        {
            keys["tokenizer.ggml.pre"] = GgufValue.Of(pre);
        }

        if (data.TokenTypes is { } types)
        {
            keys["tokenizer.ggml.token_type"] = GgufValue.Of([.. types.Select(type => (int)type)]);
        }

        if (data.Scores is { } scores)
        {
            keys["tokenizer.ggml.scores"] = GgufValue.Of([.. scores]);
        }

        if (data.Merges is { } merges)
        {
            keys["tokenizer.ggml.merges"] = GgufValue.Of(merges);
        }

        (string Role, int? Id)[] roles = [("bos", data.BosId), ("eos", data.EosId), ("unknown", data.UnknownId), ("padding", data.PaddingId)];
        foreach ((string role, int? id) in roles)
        {
            if (id is int known)
            {
                keys[$"tokenizer.ggml.{role}_token_id"] = GgufValue.Of((uint)known);
            }
        }

        (string Name, bool? Truth)[] choices = [("add_bos_token", data.AddBos), ("add_eos_token", data.AddEos), ("add_space_prefix", data.AddSpacePrefix)];
        foreach ((string name, bool? truth) in choices)
        {
            if (truth is bool known)
            {
                keys[$"tokenizer.ggml.{name}"] = GgufValue.Of(known);
            }
        }
    }

    /// <summary>The chat template; null where there is none. Newer folders have it in a file of its own; some have several by name.</summary>
    public static string? Template(string folder)
    {
        string own = Path.Combine(folder, "chat_template.jinja"), config = Path.Combine(folder, "tokenizer_config.json");
        if (File.Exists(own))
        {
            return File.ReadAllText(own);
        }

        return File.Exists(config) ? Named(config, Json(config)) : null;
    }

    private static string? Named(string path, JsonNode config)
    {
        try
        {
            return (config as JsonObject)?["chat_template"] switch
            {
                JsonValue value when value.TryGetValue(out string? text) => text,
                JsonArray several => several.OfType<JsonObject>().FirstOrDefault(one => Text(one["name"]) == "default") is { } found ? Text(found["template"]) : null,
                _ => null,
            };
        }
        catch (InvalidOperationException error)
        {
            // What JsonNode throws for half of a surrogate pair.
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonNode Json(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }
}
