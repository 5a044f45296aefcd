namespace Sputnik.Models;

/// <summary>How a model's files are opened.</summary>
public sealed record ModelOptions
{
    /// <summary>Positions to plan for at most: the table of angles of 32,768 stays below 64 MB.</summary>
    public int MaxLength { get; init; } = 32_768;

    /// <summary>Whether a DeepSeek gate limits its choice to groups of experts, where the file is GGUF.</summary>
    public ExpertGroups Groups { get; init; } = ExpertGroups.Auto;

    /// <summary>Decode every weight to float32, which can train; otherwise weights stay in the file as they are stored.</summary>
    public bool Decoded { get; init; }
}
