using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Server;

/// <summary>Body of /v1/messages.</summary>
internal sealed record MessagesRequest
{
    public string? Model { get; init; }

    public int? MaxTokens { get; init; }

    public IReadOnlyList<MessagesTurn>? Messages { get; init; }

    /// <summary>A string or text blocks.</summary>
    public JsonElement? System { get; init; }

    public bool? Stream { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public IReadOnlyList<MessagesTool>? Tools { get; init; }

    public MessagesToolChoice? ToolChoice { get; init; }

    public ThinkingSwitch? Thinking { get; init; }

    public MessagesOutput? OutputConfig { get; init; }
}

/// <summary>One message; content is a string or blocks.</summary>
internal sealed record MessagesTurn(string? Role, JsonElement? Content);

internal sealed record MessagesTool(string? Type, string? Name, string? Description, JsonElement? InputSchema, bool? Strict);

internal sealed record MessagesToolChoice(string? Type, string? Name, bool? DisableParallelToolUse);

internal sealed record MessagesOutput(string? Effort, MessagesFormat? Format);

internal sealed record MessagesFormat(string? Type, JsonElement? Schema);

/// <summary>Bodies of Anthropic's dialect.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64)]
[JsonSerializable(typeof(MessagesRequest))]
internal sealed partial class AnthropicJson : JsonSerializerContext;
