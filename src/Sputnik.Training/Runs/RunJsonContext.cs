using System.Text.Json.Serialization;

namespace Sputnik.Training;

/// <summary>The JSON files of a run.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(RunIdentity))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(EvaluationRecord))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
