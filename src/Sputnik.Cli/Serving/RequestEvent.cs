using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>A request that has ended, for machines; nothing of what was asked.</summary>
internal sealed record RequestEvent(string Event, DateTimeOffset Time, string Key, string Method, string Route, int Status, long Milliseconds)
{
    public static RequestEvent Of(AuditLine line) => new("request", line.Time, line.Key, line.Method, line.Route, line.Status, line.Milliseconds);
}
