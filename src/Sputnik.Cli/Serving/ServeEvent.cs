namespace Sputnik.Cli;

/// <summary>Where a server listens and what it holds, for machines.</summary>
internal sealed record ServeEvent(string Event, string Url, string Model, int Context, long WeightBytes, long CacheBytesPerToken);
