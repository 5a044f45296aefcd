using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sputnik.Server;

/// <summary>Body of /tokenize: llama.cpp's content, or vLLM's prompt.</summary>
internal sealed record TokenizeRequest
{
    public string? Model { get; init; }

    public string? Content { get; init; }

    public string? Prompt { get; init; }

    public bool? AddSpecial { get; init; }

    public bool? ParseSpecial { get; init; }

    public bool? WithPieces { get; init; }
}

/// <summary>Body of /detokenize.</summary>
internal sealed record DetokenizeRequest
{
    public string? Model { get; init; }

    public JsonElement? Tokens { get; init; }
}

/// <summary>Bodies of llama.cpp's own routes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64)]
[JsonSerializable(typeof(TokenizeRequest))]
[JsonSerializable(typeof(DetokenizeRequest))]
internal sealed partial class NativeJson : JsonSerializerContext;
