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

    /// <summary>See <see cref="DrawSettings.TopP"/>; null, as in the following: the model has no wish.</summary>
    public float? TopP { get; init; }

    /// <summary>See <see cref="DrawSettings.TopK"/>; 0 and what is below, as some files have it, keep all.</summary>
    public int? TopK { get; init; }

    /// <summary>See <see cref="DrawSettings.MinP"/>.</summary>
    public float? MinP { get; init; }

    /// <summary>See <see cref="DrawSettings.TypicalP"/>.</summary>
    public float? TypicalP { get; init; }

    /// <summary>See <see cref="DrawSettings.RepetitionPenalty"/>.</summary>
    public float? RepetitionPenalty { get; init; }

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
            return JsonDefaults.Read(new(), given, GenerationJson.Default.GenerationConfig).Checked(path);
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

    /// <summary>These wishes as a served request's settings, where it has none of its own.</summary>
    public DrawSettings ToDraw()
    {
        DrawSettings neutral = new();
        return neutral with
        {
            Temperature = DoSample ? Temperature : 0,
            TopP = TopP ?? neutral.TopP,
            TopK = Math.Max(0, TopK ?? neutral.TopK),
            MinP = MinP ?? neutral.MinP,
            TypicalP = TypicalP ?? neutral.TypicalP,
            RepetitionPenalty = RepetitionPenalty ?? neutral.RepetitionPenalty,
        };
    }

    /// <summary>These wishes as settings that stop at the given tokens.</summary>
    public SamplingSettings ToSampling(params IReadOnlyList<int> stopTokens) => new()
    {
        Temperature = DoSample ? Temperature : 0,
        MaxNewTokens = MaxNewTokens,
        Filters = TopP is null && TopK is null && MinP is null && TypicalP is null && RepetitionPenalty is null ? null : ToDraw(),
        StopTokens = [.. stopTokens.Union(EosTokenIds)],
    };

    /// <summary>Returns itself, or says which value of a file cannot be.</summary>
    internal GenerationConfig Checked(string path)
    {
        try
        {
            ToDraw().Validate();
            return this;
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(GenerationConfig))]
internal sealed partial class GenerationJson : JsonSerializerContext;
