using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sputnik.Models;

namespace Sputnik.Generation;

/// <summary>A model's own wishes for sampling: generation_config.json beside its weights, in Hugging Face's keys.</summary>
public sealed record GenerationConfig
{
    /// <summary>Name of the file in a model folder.</summary>
    public const string FileName = "generation_config.json";

    /// <summary>Sampling temperature. R1 publishes 0.6 for use; a Zero model was trained at 1.</summary>
    public float Temperature { get; init; } = 0.6f;

    /// <summary>Longest completion in tokens.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>Draw rather than take the most likely token.</summary>
    public bool DoSample { get; init; } = true;

    /// <summary>Token that begins a text.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>Tokens that end one: a number, or a list as Llama 3 has it.</summary>
    [JsonPropertyName("eos_token_id")]
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    /// <summary>Reads the file of a model folder; the defaults where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GenerationConfig Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new();
        }

        try
        {
            JsonNode given = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { AllowDuplicateProperties = false })
                ?? throw new InvalidDataException($"{path}: is null.");
            return JsonDefaults.Read(new(), given, GenerationJson.Default.GenerationConfig);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What JsonNode throws for half of a surrogate pair.
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file into a model folder.</summary>
    public void Save(string folder)
    {
        string path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(this, GenerationJson.Default.GenerationConfig) + "\n");
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>These wishes as settings that stop at the given tokens.</summary>
    public SamplingSettings ToSampling(params IReadOnlyList<int> stopTokens) => new()
    {
        Temperature = DoSample ? Temperature : 0,
        MaxNewTokens = MaxNewTokens,
        StopTokens = [.. stopTokens.Union(EosTokenIds)],
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(GenerationConfig))]
internal sealed partial class GenerationJson : JsonSerializerContext;
