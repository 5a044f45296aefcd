using System.Text.Json;
using System.Text.Json.Nodes;
using Json = Sputnik.Models.ModelJsonContext;

namespace Sputnik.Models;

/// <summary>The configuration of a model of any family: exactly one of the two is there.</summary>
internal sealed record FamilyConfig
{
    private FamilyConfig(IGroupedConfig? grouped, DeepSeekV3Config? latent)
    {
        Grouped = grouped;
        Latent = latent;
    }

    /// <summary>Of a decoder with grouped-query attention.</summary>
    public IGroupedConfig? Grouped { get; }

    /// <summary>Of DeepSeek-V2 or V3.</summary>
    public DeepSeekV3Config? Latent { get; }

    /// <summary>Family, as config.json's model_type says it.</summary>
    public string Family => Grouped?.Family ?? Latent?.Family ?? throw new InvalidOperationException("A configuration is of one kind or the other.");

    public static FamilyConfig Of(IGroupedConfig config) => new(config, null);

    public static FamilyConfig Of(DeepSeekV3Config config) => new(null, config);

    /// <summary>Of a model.</summary>
    public static FamilyConfig Of(ILanguageModel model) => model switch
    {
        GroupedModel grouped => Of(grouped.Config),
        DeepSeekV3Model latent => Of(latent.Config),
        _ => throw new NotSupportedException($"No config.json is known for the family '{model.Architecture}'."),
    };

    /// <summary>Every parameter, in the order of the model file.</summary>
    public IReadOnlyList<WeightDeclaration> Declarations() => Latent is { } latent
        ? DeepSeekV3Weights.Declare(latent.Validate())
        : GroupedWeights.Declare((Grouped ?? throw new InvalidOperationException("A configuration is of one kind or the other.")).Shape());

    /// <summary>The config.json, as other software reads it.</summary>
    /// <param name="storedType">What most weights are stored as, in torch's words.</param>
    public byte[] ToJson(string storedType)
    {
        (JsonNode? node, string type) = (Grouped, Latent) switch
        {
            (LlamaConfig config, _) => (JsonSerializer.SerializeToNode(config, Json.Default.LlamaConfig), config.ClassName),
            (MistralConfig config, _) => (JsonSerializer.SerializeToNode(config, Json.Default.MistralConfig), config.ClassName),
            (Qwen2Config config, _) => (JsonSerializer.SerializeToNode(config, Json.Default.Qwen2Config), config.ClassName),
            (Qwen3Config config, _) => (JsonSerializer.SerializeToNode(config, Json.Default.Qwen3Config), config.ClassName),
            (Qwen3MoeConfig config, _) => (JsonSerializer.SerializeToNode(config, Json.Default.Qwen3MoeConfig), config.ClassName),
            (null, { } config) => (JsonSerializer.SerializeToNode(config, Json.Default.DeepSeekV3Config), config.ClassName),
            _ => throw new NotSupportedException($"No config.json is known for the family '{Family}'."),
        };
        JsonObject json = node?.AsObject() ?? [];
        json.Insert(0, "architectures", new JsonArray(type));
        json.Insert(1, "model_type", Family);
        json.Insert(2, "torch_dtype", storedType);
        if (Latent is not null)
        {
            // Other software asks; latent attention has as many key heads as query heads.
            json.Add("num_key_value_heads", Latent.Heads);
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
