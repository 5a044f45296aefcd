namespace Sputnik.Server;

/// <summary>A key as the store has it; the key itself is known to its bearer only.</summary>
/// <param name="Id">What ledger and audit call it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Limits">How much.</param>
/// <param name="Created">Since when.</param>
/// <param name="Revoked">Until when; null while it is good.</param>
public sealed record ApiKey(string Id, string Name, Scope Scopes, KeyLimits Limits, DateTimeOffset Created, DateTimeOffset? Revoked);
