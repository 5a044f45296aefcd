using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sputnik.Models;

/// <summary>A model read from its config.json and not yet allocated: what it will be, how large, and how to build it.</summary>
public sealed class ModelBlueprint
{
    private readonly Func<ILanguageModel> _build;

    private ModelBlueprint(IReadOnlyList<WeightDeclaration> declarations, ModelSize size, Func<ILanguageModel> build)
    {
        Declarations = declarations;
        Size = size;
        _build = build;
    }

    /// <summary>Every parameter, in the order of the model file.</summary>
    public IReadOnlyList<WeightDeclaration> Declarations { get; }

    /// <summary>Its parameter counts.</summary>
    public ModelSize Size { get; }

    /// <summary>The model with weights of zero.</summary>
    public ILanguageModel Build() => _build();

    /// <summary>Reads a config.json.</summary>
    /// <param name="json">Its text in UTF-8.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">It is not a valid configuration.</exception>
    /// <exception cref="NotSupportedException">It asks for a family or an option that is not here.</exception>
    public static ModelBlueprint Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement root = document.RootElement;
            string family = FamilyOf(root, source);
            UnsupportedOptions.Check(root, family, source);
            JsonObject given = JsonObject.Create(root) ?? [];
            return family == Qwen3Config.FamilyName
                ? For(JsonDefaults.Read(ConfigDefaults.Qwen3, given, ModelJsonContext.Default.Qwen3Config))
                : For(JsonDefaults.Read(ConfigDefaults.DeepSeekV3(given["rope_scaling"] is not null), given, ModelJsonContext.Default.DeepSeekV3Config));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{source}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What JsonElement throws for a string that is not UTF-8.
            throw new InvalidDataException($"{source}: {error.Message}", error);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{source}: {error.Message}", error);
        }
    }

    /// <summary>The config.json of a model, as other software reads it.</summary>
    public static byte[] ToJson(ILanguageModel model)
    {
        (JsonNode? node, string type) = model switch
        {
            GroupedModel { Config: Qwen3Config config } => (JsonSerializer.SerializeToNode(config, ModelJsonContext.Default.Qwen3Config), config.ClassName),
            DeepSeekV3Model deepSeek => (JsonSerializer.SerializeToNode(deepSeek.Config, ModelJsonContext.Default.DeepSeekV3Config), "DeepseekV3ForCausalLM"),
            _ => throw new NotSupportedException($"No config.json is known for the family '{model.Architecture}'."),
        };
        JsonObject json = node?.AsObject() ?? [];
        json.Insert(0, "architectures", new JsonArray(type));
        json.Insert(1, "model_type", model.Architecture);
        json.Insert(2, "torch_dtype", "float32");
        if (model is DeepSeekV3Model latent)
        {
            // Other software asks; latent attention has as many key heads as query heads.
            json.Add("num_key_value_heads", latent.Config.Heads);
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteTo(writer);
        }

        return stream.ToArray();
    }

    private static ModelBlueprint For(IGroupedConfig config) =>
        new(GroupedWeights.Declare(config.Shape()), ModelSize.Of(config), () => new GroupedModel(config));

    private static ModelBlueprint For(DeepSeekV3Config config) =>
        new(DeepSeekV3Weights.Declare(config.Validate()), ModelSize.Of(config), () => new DeepSeekV3Model(config));

    private static string FamilyOf(JsonElement root, string source)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("model_type", out JsonElement type)
            || type.ValueKind != JsonValueKind.String)
        {
            throw new InvalidDataException($"{source}: 'model_type' is missing.");
        }

        return type.GetString() switch
        {
            Qwen3Config.FamilyName => Qwen3Config.FamilyName,
            DeepSeekV3Model.Family => DeepSeekV3Model.Family,
            string other => throw new NotSupportedException(
                $"{source}: the family '{other}' is not supported; {Qwen3Config.FamilyName} and {DeepSeekV3Model.Family} are."),
            null => throw new InvalidDataException($"{source}: 'model_type' is null."),
        };
    }
}
