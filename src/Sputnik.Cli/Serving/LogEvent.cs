namespace Sputnik.Cli;

/// <summary>A line of a server's log, for machines: <c>fault</c>, <c>ending</c>, <c>ended</c>.</summary>
internal sealed record LogEvent(string Event, DateTimeOffset Time, string? Message);
