namespace Sputnik.Generation;

/// <summary>OpenAI's tool_choice.</summary>
public enum ToolChoiceMode
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>It must not ask.</summary>
    None,

    /// <summary>It must ask.</summary>
    Required,
}
