namespace Sputnik.Server;

/// <summary>One request as the audit has it.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Key">Whose it was; "none" without a good key.</param>
/// <param name="Method">GET, POST.</param>
/// <param name="Route">The route's pattern: what stood in the path's place is not kept.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record AuditLine(DateTimeOffset Time, string Key, string Method, string Route, int Status, long Milliseconds);
