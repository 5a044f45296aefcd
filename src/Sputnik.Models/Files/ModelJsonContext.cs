using System.Text.Json.Serialization;

namespace Sputnik.Models;

/// <summary>config.json of every family.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(DeepSeekV3Config))]
[JsonSerializable(typeof(LlamaConfig))]
[JsonSerializable(typeof(MistralConfig))]
[JsonSerializable(typeof(Qwen2Config))]
[JsonSerializable(typeof(Qwen3Config))]
[JsonSerializable(typeof(Qwen3MoeConfig))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
