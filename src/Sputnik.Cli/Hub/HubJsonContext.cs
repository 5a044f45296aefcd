using System.Text.Json.Serialization;

namespace Sputnik.Cli;

/// <summary>What the hub says, what the store keeps, and what the commands about both print.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    WriteIndented = true)]
[JsonSerializable(typeof(RevisionReply))]
[JsonSerializable(typeof(TreeEntry[]))]
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ModelListing[]))]
[JsonSerializable(typeof(PullReport))]
[JsonSerializable(typeof(PartState))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
