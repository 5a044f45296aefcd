using System.Text.Json.Serialization;

namespace Sputnik.Cli;

/// <summary>What <c>quantize</c> and <c>convert</c> print with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WrittenModel))]
[JsonSerializable(typeof(WrittenFolder))]
internal sealed partial class ConvertJsonContext : JsonSerializerContext;
