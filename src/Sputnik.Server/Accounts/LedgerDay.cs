namespace Sputnik.Server;

/// <summary>What one key asked of one model on one day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Key">The key's id; "local" where none was needed.</param>
/// <param name="KeyName">Its name.</param>
/// <param name="Model">The model's id.</param>
/// <param name="Tokens">How much.</param>
/// <param name="CpuHours">Processor hours; what ran at once was divided evenly.</param>
public sealed record LedgerDay(
    DateOnly Day, string Key, string KeyName, string Model, LedgerTokens Tokens, double CpuHours);
