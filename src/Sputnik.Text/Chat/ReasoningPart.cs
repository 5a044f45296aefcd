namespace Sputnik.Text;

/// <summary>The two halves of a response.</summary>
public enum ReasoningPart
{
    /// <summary>Before &lt;/think&gt;.</summary>
    Thinking,

    /// <summary>After it.</summary>
    Answer,
}
