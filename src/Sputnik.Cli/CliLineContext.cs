using System.Text.Json.Serialization;

namespace Sputnik.Cli;

/// <summary>What is printed one JSON object a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TrainEvent))]
[JsonSerializable(typeof(ServeEvent))]
[JsonSerializable(typeof(LogEvent))]
[JsonSerializable(typeof(RequestEvent))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class CliLineContext : JsonSerializerContext;
