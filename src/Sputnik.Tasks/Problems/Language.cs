namespace Sputnik.Tasks;

/// <summary>The language of the connective words of a response (check, wait, so …). Prompts are English.</summary>
public enum Language
{
    /// <summary>English words.</summary>
    English,

    /// <summary>Chinese words.</summary>
    Chinese,

    /// <summary>English or Chinese, drawn anew for each word.</summary>
    Mixed,
}
