namespace Sputnik.Text;

/// <summary>Where in a response its first token stands; the end of the prompt says so.</summary>
/// <param name="Part">The half; null where the response's own first text decides.</param>
/// <param name="LineEndsToDrop">Line ends at the start that still belong to the tag at the prompt's end.</param>
public readonly record struct ReasoningStart(ReasoningPart? Part, int LineEndsToDrop = 0)
{
    /// <summary>A tag in pieces and the white space after it are found this far from the prompt's end: one byte a token is the worst case.</summary>
    private const int Tail = 32;

    /// <summary>Inside the thinking after an opening tag and white space at most, in the answer after a closing one, otherwise not decided.</summary>
    public static ReasoningStart Of(Tokenizer tokenizer, ReadOnlySpan<int> prompt)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ReadOnlySpan<int> tail = prompt[^Math.Min(Tail, prompt.Length)..];
        SpecialTokens tags = tokenizer.SpecialTokens;
        return After(tokenizer, tail, tags.ThinkStart) is int open ? new(ReasoningPart.Thinking, Math.Max(0, Reasoning.LineEndsAfterOpen - open))
            : After(tokenizer, tail, tags.ThinkEnd) is int close ? new(ReasoningPart.Answer, Math.Max(0, Reasoning.LineEndsAfterClose - close))
            : default;
    }

    /// <summary>How many line ends follow the tag that ends the text; null where the text ends otherwise.</summary>
    private static int? After(Tokenizer tokenizer, ReadOnlySpan<int> tail, string tag)
    {
        if (tokenizer.Find(tag) is not int id)
        {
            string text = tokenizer.Decode(tail);
            return text.TrimEnd().EndsWith(tag, StringComparison.Ordinal) ? LineEnds(text) : null;
        }

        int at = tail.LastIndexOf(id);
        string after = at < 0 ? tag : tokenizer.Decode(tail[(at + 1)..]);
        return string.IsNullOrWhiteSpace(after) ? LineEnds(after) : null;
    }

    private static int LineEnds(string text) => text.AsSpan(text.TrimEnd().Length).Count('\n');
}
