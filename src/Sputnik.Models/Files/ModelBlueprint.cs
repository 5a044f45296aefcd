using System.Text.Json;
using System.Text.Json.Nodes;
using Sputnik.Tensors;
using Json = Sputnik.Models.ModelJsonContext;

namespace Sputnik.Models;

/// <summary>A model read from its config.json and not yet allocated: what it will be, how large, and how to build it.</summary>
public sealed class ModelBlueprint
{
    private static readonly string[] Families =
    [
        LlamaConfig.FamilyName, MistralConfig.FamilyName, Qwen2Config.FamilyName, Qwen3Config.FamilyName,
        Qwen3MoeConfig.FamilyName, DeepSeekV3Model.OlderFamily, DeepSeekV3Model.Family,
    ];

    private readonly Func<Func<WeightDeclaration, Weight>, ILanguageModel> _build;

    private ModelBlueprint(FamilyConfig config, IReadOnlyList<WeightDeclaration> declarations, ModelSize size, Func<Func<WeightDeclaration, Weight>, ILanguageModel> build)
    {
        Config = config;
        Declarations = declarations;
        Size = size;
        _build = build;
    }

    /// <summary>Every parameter, in the order of the model file.</summary>
    public IReadOnlyList<WeightDeclaration> Declarations { get; }

    /// <summary>Its parameter counts.</summary>
    public ModelSize Size { get; }

    /// <summary>Its configuration.</summary>
    internal FamilyConfig Config { get; }

    /// <summary>Blocks it has.</summary>
    internal int Layers { get; private init; }

    /// <summary>Layers after those that predict further tokens (DeepSeek-V3 §2.2); files may have them, they are not run.</summary>
    internal int FurtherTokens { get; private init; }

    /// <summary>The model with weights of zero.</summary>
    public ILanguageModel Build() => _build(WeightSet.Zero);

    /// <summary>The model with weights that come from somewhere.</summary>
    internal ILanguageModel Build(Func<WeightDeclaration, Weight> source) => _build(source);

    /// <summary>Reads a config.json.</summary>
    /// <param name="json">Its text in UTF-8.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">It is not a valid configuration.</exception>
    /// <exception cref="NotSupportedException">It asks for a family or an option that is not here.</exception>
    public static ModelBlueprint Parse(ReadOnlyMemory<byte> json, string source) => Parse(json, source, int.MaxValue);

    /// <summary>The same, with positions planned for <paramref name="longest"/> at most.</summary>
    internal static ModelBlueprint Parse(ReadOnlyMemory<byte> json, string source, int longest)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement root = document.RootElement;
            string family = FamilyOf(root, source);
            UnsupportedOptions.Check(root, family, source);
            return Read(family, ConfigKeys.Unify(JsonNode.Parse(root.GetRawText())?.AsObject() ?? [], longest));
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
    public static byte[] ToJson(ILanguageModel model) => FamilyConfig.Of(model).ToJson("float32");

    private static ModelBlueprint Read(string family, JsonObject given)
    {
        bool extended = given["rope_scaling"] is not null;
        int further = given["num_nextn_predict_layers"] is JsonValue value && value.TryGetValue(out int layers) ? layers : 0;
        return family switch
        {
            LlamaConfig.FamilyName => For(JsonDefaults.Read(ConfigDefaults.Llama(extended), given, Json.Default.LlamaConfig)),
            MistralConfig.FamilyName => For(JsonDefaults.Read(ConfigDefaults.Mistral, given, Json.Default.MistralConfig)),
            Qwen2Config.FamilyName => For(JsonDefaults.Read(ConfigDefaults.Qwen2(extended), given, Json.Default.Qwen2Config)),
            Qwen3Config.FamilyName => For(JsonDefaults.Read(ConfigDefaults.Qwen3(extended), given, Json.Default.Qwen3Config)),
            Qwen3MoeConfig.FamilyName => For(JsonDefaults.Read(ConfigDefaults.Qwen3Moe(extended), given, Json.Default.Qwen3MoeConfig)),
            DeepSeekV3Model.OlderFamily => For(JsonDefaults.Read(ConfigDefaults.DeepSeekV2(extended), given, Json.Default.DeepSeekV3Config), further),
            _ => For(JsonDefaults.Read(ConfigDefaults.DeepSeekV3(extended), given, Json.Default.DeepSeekV3Config), further),
        };
    }

    private static ModelBlueprint For(IGroupedConfig config)
    {
        GroupedShape shape = config.Shape();
        return new(FamilyConfig.Of(config), GroupedWeights.Declare(shape), ModelSize.Of(config), source => new GroupedModel(config, source)) { Layers = shape.Layers };
    }

    private static ModelBlueprint For(DeepSeekV3Config config, int furtherTokens) =>
        new(FamilyConfig.Of(config), DeepSeekV3Weights.Declare(config.Validate()), ModelSize.Of(config), source => new DeepSeekV3Model(config, source))
        {
            Layers = config.Layers,
            FurtherTokens = furtherTokens,
        };

    private static string FamilyOf(JsonElement root, string source)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("model_type", out JsonElement type)
            || type.ValueKind != JsonValueKind.String
            || type.GetString() is not { } family)
        {
            throw new InvalidDataException($"{source}: 'model_type' is missing.");
        }

        return Families.Contains(family)
            ? family
            : throw new NotSupportedException($"{source}: the family '{family}' is not supported; {string.Join(", ", Families)} are.");
    }
}
