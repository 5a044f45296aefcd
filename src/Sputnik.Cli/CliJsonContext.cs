using System.Text.Json.Serialization;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>--json</c> prints once.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(EvaluationRecord))]
[JsonSerializable(typeof(ModelDescription))]
[JsonSerializable(typeof(GgufDescription))]
[JsonSerializable(typeof(SpeedReport))]
[JsonSerializable(typeof(UsageLine[]))]
[JsonSerializable(typeof(PerplexityReport))]
[JsonSerializable(typeof(IReadOnlyList<ThroughputReport>))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
