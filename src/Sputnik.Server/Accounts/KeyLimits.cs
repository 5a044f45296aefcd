namespace Sputnik.Server;

/// <summary>How much a key may ask for; null = as much as it likes.</summary>
public sealed record KeyLimits
{
    /// <summary>Requests in any 60 seconds.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens, prompts and answers, in any 60 seconds.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Requests in a day of UTC.</summary>
    public int? RequestsPerDay { get; init; }

    /// <summary>Tokens in a day of UTC.</summary>
    public int? TokensPerDay { get; init; }
}
