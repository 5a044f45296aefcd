using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Body of /v1/completions.</summary>
internal sealed record CompletionRequest
{
    public string? Model { get; init; }

    /// <summary>A string, token ids, or several of either.</summary>
    public JsonElement? Prompt { get; init; }

    public string? Suffix { get; init; }

    public int? MaxTokens { get; init; }

    public bool? Echo { get; init; }

    public int? BestOf { get; init; }

    public int? N { get; init; }

    /// <summary>llama.cpp's and vLLM's: the model's end is a token like others. For measurements.</summary>
    public bool? IgnoreEos { get; init; }

    public int? Logprobs { get; init; }

    public JsonElement? Stop { get; init; }

    public bool? Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public long? Seed { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public float? MinP { get; init; }

    public float? TypicalP { get; init; }

    public float? RepeatPenalty { get; init; }

    public int? RepeatLastN { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public IReadOnlyDictionary<string, float>? LogitBias { get; init; }
}
