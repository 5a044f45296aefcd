using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Body of /v1/responses.</summary>
internal sealed record ResponsesRequest
{
    public string? Model { get; init; }

    /// <summary>A string or items.</summary>
    public JsonElement? Input { get; init; }

    public string? Instructions { get; init; }

    public int? MaxOutputTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopLogprobs { get; init; }

    public IReadOnlyList<ResponsesTool>? Tools { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public ResponsesText? Text { get; init; }

    public ResponsesReasoning? Reasoning { get; init; }

    public bool? Stream { get; init; }

    public string? PreviousResponseId { get; init; }

    public bool? Background { get; init; }

    public string? Truncation { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <summary>A function, flat.</summary>
internal sealed record ResponsesTool(string? Type, string? Name, string? Description, JsonElement? Parameters, bool? Strict);

internal sealed record ResponsesText(ResponsesFormat? Format);

internal sealed record ResponsesFormat(string? Type, string? Name, JsonElement? Schema);

internal sealed record ResponsesReasoning(string? Effort);
