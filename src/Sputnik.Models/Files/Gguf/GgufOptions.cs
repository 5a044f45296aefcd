namespace Sputnik.Models;

/// <summary>How a GGUF file is opened.</summary>
public sealed record GgufOptions
{
    /// <summary>Positions to plan for at most: the table of angles of 32,768 stays below 64 MB.</summary>
    public int MaxLength { get; init; } = 32_768;

    /// <summary>Whether a DeepSeek gate limits its choice to groups of experts.</summary>
    public ExpertGroups Groups { get; init; } = ExpertGroups.Auto;

    /// <summary>Decode every weight to float32, which can train; otherwise weights stay as they are stored.</summary>
    public bool Decoded { get; init; }
}
