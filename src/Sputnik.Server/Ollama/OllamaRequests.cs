using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Server;

/// <summary>Body of /api/chat.</summary>
internal sealed record OllamaChatRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<OllamaTurn>? Messages { get; init; }

    public IReadOnlyList<ChatTool>? Tools { get; init; }

    /// <summary>"json" or a schema.</summary>
    public JsonElement? Format { get; init; }

    public OllamaOptions? Options { get; init; }

    /// <summary>A switch, or low, medium, high.</summary>
    public JsonElement? Think { get; init; }

    public bool? Stream { get; init; }
}

/// <summary>Body of /api/generate.</summary>
internal sealed record OllamaGenerateRequest
{
    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public string? Suffix { get; init; }

    public string? System { get; init; }

    public string? Template { get; init; }

    /// <summary>Without a template.</summary>
    public bool? Raw { get; init; }

    public JsonElement? Images { get; init; }

    public JsonElement? Format { get; init; }

    public OllamaOptions? Options { get; init; }

    public JsonElement? Think { get; init; }

    public bool? Stream { get; init; }
}

/// <summary>Body of /api/embed.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Input">A string or several.</param>
/// <param name="Truncate">Whether texts that are too long are cut.</param>
/// <param name="Dimensions">Numbers of an embedding.</param>
internal sealed record OllamaEmbedRequest(string? Model, JsonElement? Input, bool? Truncate, int? Dimensions);

/// <summary>Body of /api/embeddings, which came before.</summary>
internal sealed record OllamaEmbeddingRequest(string? Model, string? Prompt);

/// <summary>Body of /api/show.</summary>
internal sealed record OllamaShowRequest(string? Model, string? Name);

/// <summary>One message. Arguments of a call are an object here.</summary>
internal sealed record OllamaTurn
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? Thinking { get; init; }

    public JsonElement? Images { get; init; }

    public IReadOnlyList<OllamaToolCall>? ToolCalls { get; init; }

    public string? ToolName { get; init; }

    public string? ToolCallId { get; init; }
}

internal sealed record OllamaToolCall(string? Id, OllamaFunctionCall? Function);

internal sealed record OllamaFunctionCall(string? Name, JsonElement? Arguments);

/// <summary>Ollama's sampling; what belongs to its own engine (num_gpu, use_mmap) is not read.</summary>
internal sealed record OllamaOptions
{
    public int? NumPredict { get; init; }

    public int? NumCtx { get; init; }

    public long? Seed { get; init; }

    public int? TopK { get; init; }

    public float? TopP { get; init; }

    public float? MinP { get; init; }

    public float? TypicalP { get; init; }

    public int? RepeatLastN { get; init; }

    public float? RepeatPenalty { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public float? Temperature { get; init; }

    /// <summary>A string or several.</summary>
    public JsonElement? Stop { get; init; }
}

/// <summary>Bodies of Ollama's dialect.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64)]
[JsonSerializable(typeof(OllamaChatRequest))]
[JsonSerializable(typeof(OllamaGenerateRequest))]
[JsonSerializable(typeof(OllamaEmbedRequest))]
[JsonSerializable(typeof(OllamaEmbeddingRequest))]
[JsonSerializable(typeof(OllamaShowRequest))]
internal sealed partial class OllamaJson : JsonSerializerContext;
