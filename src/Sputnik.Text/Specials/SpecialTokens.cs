namespace Sputnik.Text;

/// <summary>
/// The tokens that give a conversation its shape. They exist as ids only: no text that a user types encodes to one.
/// The defaults are DeepSeek-R1's, written with the fullwidth bar U+FF5C and the lower block U+2581.
/// </summary>
public sealed record SpecialTokens
{
    /// <summary>Opens every sequence.</summary>
    public string BeginOfSentence { get; init; } = "<｜begin▁of▁sentence｜>";

    /// <summary>Ends every response.</summary>
    public string EndOfSentence { get; init; } = "<｜end▁of▁sentence｜>";

    /// <summary>Stands before what the user says.</summary>
    public string User { get; init; } = "<｜User｜>";

    /// <summary>Stands before what the model says.</summary>
    public string Assistant { get; init; } = "<｜Assistant｜>";

    /// <summary>Opens the thinking.</summary>
    public string ThinkStart { get; init; } = "<think>";

    /// <summary>Closes the thinking.</summary>
    public string ThinkEnd { get; init; } = "</think>";

    /// <summary>How many there are.</summary>
    internal const int Count = 6;

    /// <summary>All of them, in the order of their ids in a vocabulary trained here. The thinking tags come last.</summary>
    internal string[] All => [BeginOfSentence, EndOfSentence, User, Assistant, ThinkStart, ThinkEnd];

    /// <summary>Throws <see cref="ArgumentException"/> unless the tokens are distinct and none is empty.</summary>
    public SpecialTokens Validate()
    {
        string[] all = All;
        if (Array.Exists(all, string.IsNullOrEmpty) || all.Distinct(StringComparer.Ordinal).Count() != all.Length)
        {
            throw new ArgumentException($"Special tokens must be distinct and not empty, got '{string.Join("', '", all)}'.");
        }

        return this;
    }
}
