using System.Text.Json.Serialization;

namespace Sputnik.Training;

/// <summary>The logs of a run, one JSON object a line; what does not apply is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StepRecord))]
[JsonSerializable(typeof(RolloutSample))]
internal sealed partial class RunLineContext : JsonSerializerContext;
