namespace Sputnik.Server;

/// <summary>What a key may do.</summary>
[Flags]
public enum Scope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Ask for answers, completions and tokens.</summary>
    Chat = 1,

    /// <summary>Ask for embeddings.</summary>
    Embed = 2,

    /// <summary>See which models there are.</summary>
    Models = 4,

    /// <summary>See what others cost, and training runs.</summary>
    Admin = 8,

    /// <summary>Read the metrics.</summary>
    Metrics = 16,

    /// <summary>Everything.</summary>
    All = Chat | Embed | Models | Admin | Metrics,
}
