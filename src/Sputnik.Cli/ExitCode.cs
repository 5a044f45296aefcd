namespace Sputnik.Cli;

/// <summary>What the program returns, so that scripts can tell one end from another.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>Sputnik is at fault; the stack trace says where.</summary>
    public const int OurFault = 1;

    /// <summary>A wrong flag, value or file.</summary>
    public const int CallersFault = 2;

    /// <summary>Training stopped because the base model is not ready for reinforcement learning.</summary>
    public const int GateClosed = 3;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end by the system: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
