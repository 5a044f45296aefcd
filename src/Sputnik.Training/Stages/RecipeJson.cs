using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>Recipes as JSON: an unknown key is an error, a comment is not.</summary>
public static class RecipeJson
{
    /// <summary>Name of the file in a recipe folder.</summary>
    public const string FileName = "recipe.json";

    /// <summary>Reads a recipe folder or file and applies <c>key.path=value</c> changes.</summary>
    public static Recipe Load(string path, IReadOnlyList<string> changes)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no recipe at '{path}'. Name a folder with {FileName}, for example recipes/zero-quick.");
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
            JsonNode node = JsonNode.Parse(File.ReadAllText(file), documentOptions: options) ?? throw new InvalidDataException($"{file}: is null.");
            foreach (string change in changes)
            {
                Apply(node, change);
            }

            return JsonDefaults.Read(Defaults, node, RecipeJsonContext.Default.Recipe).Validate();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>A recipe as a recipe.json that spells out every value.</summary>
    public static string ToText(Recipe recipe) => JsonSerializer.Serialize(recipe, RecipeJsonContext.Default.Recipe);

    // No recipe of ours extends a context; one that wants to gives every value of it.
    private static Recipe Defaults => new() { Name = "", Model = ConfigDefaults.DeepSeekV3(yarn: false) };

    /// <summary>The recipe a model folder was trained by; null where it has none, as models from elsewhere.</summary>
    public static Recipe? OfModel(string folder)
    {
        string file = Path.Combine(folder, FileName);
        return File.Exists(file) ? Load(file, []) : null;
    }

    /// <summary>Writes a recipe into a folder.</summary>
    public static void Save(Recipe recipe, string folder)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(ToText(recipe) + "\n");
        AtomicFile.Write(Path.Combine(folder, FileName), stream => stream.Write(text));
    }

    internal static JsonElement ToElement(Recipe recipe) => JsonSerializer.SerializeToElement(recipe, RecipeJsonContext.Default.Recipe);

    internal static Recipe FromElement(JsonElement element) =>
        element.Deserialize(RecipeJsonContext.Default.Recipe)?.Validate() ?? throw new InvalidDataException("run.json: its config is null.");

    /// <summary>Sets one value; whether the key exists is found out when the recipe is read.</summary>
    private static void Apply(JsonNode node, string change)
    {
        int equals = change.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new ArgumentException($"--set takes key=value, for example zero.steps=40; got '{change}'.");
        }

        string[] keys = change[..equals].Split('.');
        JsonNode at = node;
        foreach (string key in keys[..^1])
        {
            at = at[key] ??= new JsonObject();
        }

        at[keys[^1]] = Value(change[(equals + 1)..]);
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Words need no quotes on a command line.
            return JsonValue.Create(text);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJsonContext : JsonSerializerContext;
