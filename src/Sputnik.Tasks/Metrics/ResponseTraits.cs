namespace Sputnik.Tasks;

/// <summary>What can be seen of a response without knowing the problem. Plain text rules, linear in its length.</summary>
/// <param name="Style">The style it is written in.</param>
/// <param name="Checks">How often it checks ("check", "检查").</param>
/// <param name="Corrections">How often it corrects itself ("wait", "等等").</param>
public sealed record ResponseTraits(Style Style, int Checks, int Corrections)
{
    /// <summary>The traits of a response's thinking.</summary>
    public static ResponseTraits Of(string response)
    {
        string thinking = ResponseFormat.Parse(response).Thinking;
        int box = thinking.IndexOf("\\boxed", StringComparison.Ordinal);
        ReadOnlySpan<char> text = (box < 0 ? thinking : thinking.AsSpan(0, box)).Trim();
        int checks = Count(text, Word.Check);
        Style style = text.IsEmpty ? Style.Direct
            : checks > 0 ? Style.Checked
            : text.Contains(": ", StringComparison.Ordinal) || Count(text, Word.So) > 0 ? Style.Steps
            : Style.Equations;
        return new ResponseTraits(style, checks, Count(text, Word.Wait));
    }

    private static int Count(ReadOnlySpan<char> text, Word word) =>
        text.Count(Vocabulary.English(word)) + text.Count(Vocabulary.Chinese(word));
}
