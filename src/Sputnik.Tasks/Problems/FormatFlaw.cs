namespace Sputnik.Tasks;

/// <summary>What is wrong with the form of a response; the verifier refuses all but <see cref="None"/>.</summary>
public enum FormatFlaw
{
    /// <summary>Thinking, "&lt;/think&gt;", then the boxed answer.</summary>
    None,

    /// <summary>The thinking is never closed.</summary>
    NoClose,

    /// <summary>The answer stands bare.</summary>
    NoBox,

    /// <summary>The answer is said ("so 20") instead of boxed.</summary>
    Said,
}
