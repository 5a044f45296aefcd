using System.Text.Json;

namespace Sputnik.Server;

/// <summary>Body of /v1/embeddings.</summary>
internal sealed record EmbeddingRequest
{
    public string? Model { get; init; }

    /// <summary>A string, token ids, or several of either.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>float or base64.</summary>
    public string? EncodingFormat { get; init; }

    public int? Dimensions { get; init; }
}
