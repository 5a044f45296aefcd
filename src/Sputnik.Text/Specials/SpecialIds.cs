namespace Sputnik.Text;

/// <summary>The ids of the <see cref="SpecialTokens"/> in one vocabulary.</summary>
/// <param name="BeginOfSentence">Opens every sequence.</param>
/// <param name="EndOfSentence">Ends every response.</param>
/// <param name="User">Stands before what the user says.</param>
/// <param name="Assistant">Stands before what the model says.</param>
/// <param name="ThinkStart">Opens the thinking.</param>
/// <param name="ThinkEnd">Closes the thinking.</param>
public readonly record struct SpecialIds(
    int BeginOfSentence, int EndOfSentence, int User, int Assistant, int ThinkStart, int ThinkEnd)
{
    /// <summary>Whether an id shapes the conversation and has no text of its own. The thinking tags do have: answers are judged with them.</summary>
    public bool IsControl(int id) => id == BeginOfSentence || id == EndOfSentence || id == User || id == Assistant;

    /// <summary>Whether an id is any of the six.</summary>
    public bool Contains(int id) => IsControl(id) || id == ThinkStart || id == ThinkEnd;

    /// <summary>The ids in the order of <see cref="SpecialTokens.All"/>.</summary>
    internal int[] All => [BeginOfSentence, EndOfSentence, User, Assistant, ThinkStart, ThinkEnd];

    /// <summary>The ids of the texts; null when one of them has none.</summary>
    internal static SpecialIds? Find(SpecialTokens texts, Func<string, int?> find) =>
        Array.ConvertAll(texts.All, text => find(text)) is [{ } begin, { } end, { } user, { } assistant, { } open, { } close]
            ? new SpecialIds(begin, end, user, assistant, open, close)
            : null;
}
