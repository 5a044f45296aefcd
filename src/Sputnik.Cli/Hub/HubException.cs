namespace Sputnik.Cli;

/// <summary>The hub did not give what it was asked for; the message is for the user.</summary>
internal sealed class HubException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>The same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the hub asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
