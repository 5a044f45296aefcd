namespace Sputnik.Text.Templates;

/// <summary>
/// A text and where it came from. <see cref="Toggles"/> are ascending positions: before the first the text is the
/// template's, from there to the second it is input, and so on. All input is the one toggle 0.
/// </summary>
internal sealed class TrackedText : IPayload
{
    private static readonly int[] AllInput = [0];

    public static readonly TrackedText Empty = new("", []);

    public TrackedText(string text, int[] toggles)
    {
        Text = text;
        Toggles = toggles;
    }

    public string Text { get; }

    public int[] Toggles { get; }

    public int Length => Text.Length;

    /// <summary>Passed through safe: what + adds to it is escaped for HTML, as Python's Markup does it even where nothing else escapes.</summary>
    public bool IsMarkup { get; init; }

    /// <summary>Nothing of it came from input.</summary>
    public bool IsTrusted => Toggles.Length == 0;

    /// <summary>All of it came from input.</summary>
    public bool IsInput => Toggles.Length == 1 && Toggles[0] == 0;

    /// <summary>One origin for all of it.</summary>
    private bool IsPlain => IsTrusted || IsInput;

    public static TrackedText Of(string text, bool fromInput) =>
        text.Length == 0 ? Empty : new(text, fromInput ? AllInput : []);

    /// <summary>The character at this place came from input.</summary>
    public bool IsInputAt(int place)
    {
        int found = Array.BinarySearch(Toggles, place);
        return (found >= 0 ? found + 1 : ~found) % 2 == 1;
    }

    /// <summary>Characters [start, start + length) with their origins.</summary>
    public TrackedText Slice(int start, int length)
    {
        if (length == 0)
        {
            return Empty;
        }

        if (length == Text.Length)
        {
            return this;
        }

        string part = Text.Substring(start, length);
        return new(part, IsPlain ? Toggles : Cut(start, length)) { IsMarkup = IsMarkup };
    }

    /// <summary>Another text of the same length whose character i comes from character i; of another length, input if any of this is.</summary>
    public TrackedText With(string text) =>
        new(text, text.Length == Text.Length ? Toggles : text.Length == 0 || IsTrusted ? [] : AllInput) { IsMarkup = IsMarkup };

    /// <summary>The ranges that are input.</summary>
    public TextSpan[] Spans()
    {
        TextSpan[] spans = new TextSpan[(Toggles.Length + 1) / 2];
        for (int i = 0; i < spans.Length; i++)
        {
            int end = (2 * i) + 1 < Toggles.Length ? Toggles[(2 * i) + 1] : Text.Length;
            spans[i] = new(Toggles[2 * i], end - Toggles[2 * i]);
        }

        return spans;
    }

    private int[] Cut(int start, int length)
    {
        int before = 0;
        while (before < Toggles.Length && Toggles[before] <= start)
        {
            before++;
        }

        int after = before;
        while (after < Toggles.Length && Toggles[after] < start + length)
        {
            after++;
        }

        bool startsAsInput = before % 2 == 1;
        int[] cut = new int[after - before + (startsAsInput ? 1 : 0)];
        for (int i = before; i < after; i++)
        {
            cut[i - before + (startsAsInput ? 1 : 0)] = Toggles[i] - start;
        }

        return cut;
    }
}
