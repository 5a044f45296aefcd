using System.Text.Json.Serialization;

namespace Sputnik.Training;

/// <summary>The JSON files of a run.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RunIdentity))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(RolloutSample))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
