namespace Sputnik.Generation;

/// <summary>How long a model may think, in a word; <see cref="ThinkingOptions.ShareOf"/> says it in tokens.</summary>
public enum ThinkingEffort
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A sixteenth of the answer.</summary>
    Minimal,

    /// <summary>A fifth of the answer.</summary>
    Low,

    /// <summary>Half of the answer.</summary>
    Medium,

    /// <summary>As long as it wants.</summary>
    High,
}
