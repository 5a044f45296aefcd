using System.Text.Json.Serialization;

namespace Sputnik.Server;

/// <summary>Bodies of OpenAI's dialect. 64 levels are what its largest schemas need; more is an attack.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 64)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(ResponsesRequest))]
internal sealed partial class OpenAiJson : JsonSerializerContext;
