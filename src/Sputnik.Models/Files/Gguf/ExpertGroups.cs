namespace Sputnik.Models;

/// <summary>Whether a DeepSeek-V3 gate limits its choice to groups of experts; older GGUF files do not say.</summary>
public enum ExpertGroups
{
    /// <summary>As the file says, and not at all where it says nothing: what llama.cpp computes from it.</summary>
    Auto,

    /// <summary>As the file says; an error where it says nothing.</summary>
    File,

    /// <summary>As the published model does: 256 experts in 8 groups of which 4 are kept.</summary>
    Reference,
}
