namespace Sputnik.Cli;

/// <summary>Where a server listens and what it holds, for machines; the model is the one that answers where a request names none.</summary>
internal sealed record ServeEvent(string Event, string Url, string Model, int Context, long WeightBytes, long CacheBytesPerToken, IReadOnlyList<ReadyModel> Models);
