using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Splits a response into thinking and answer. It starts inside the thinking, because the prompt ends in
/// <c>&lt;think&gt;\n</c>; the first <c>&lt;/think&gt;</c> ends it, a later one is text of the answer. To the tag belong at
/// most one line end before it and two after it; to an opening tag that is repeated at the start, one after it.
/// </summary>
public static class Reasoning
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    /// <summary>Line ends that R1 writes after the opening tag.</summary>
    internal const int LineEndsAfterOpen = 1;

    /// <summary>Line ends that R1 writes after the closing tag.</summary>
    internal const int LineEndsAfterClose = 2;

    /// <summary>Splits a response given as text.</summary>
    public static ReasoningParts Split(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        string text = response.StartsWith(Open, StringComparison.Ordinal)
            ? WithoutLineEnds(response[Open.Length..], LineEndsAfterOpen)
            : response;
        int at = text.IndexOf(Close, StringComparison.Ordinal);
        if (at < 0)
        {
            return new ReasoningParts(text, "", Closed: false);
        }

        string thinking = text[..at];
        string answer = WithoutLineEnds(text[(at + Close.Length)..], LineEndsAfterClose);
        return new ReasoningParts(thinking.EndsWith('\n') ? thinking[..^1] : thinking, answer, Closed: true);
    }

    /// <summary>Splits a response given as token ids: only the special token is a tag, not characters that spell it.</summary>
    /// <exception cref="ArgumentException">An id is not in the vocabulary.</exception>
    public static ReasoningParts Split(Tokenizer tokenizer, ReadOnlySpan<int> response)
    {
        var stream = new ReasoningStream(tokenizer);
        var thinking = new StringBuilder();
        var answer = new StringBuilder();
        foreach (int id in response)
        {
            Append(stream.Push(id));
        }

        Append(stream.Flush());
        return new ReasoningParts(thinking.ToString(), answer.ToString(), stream.Part == ReasoningPart.Answer);

        void Append(ReasoningPiece piece) => (piece.Part == ReasoningPart.Thinking ? thinking : answer).Append(piece.Text);
    }

    private static string WithoutLineEnds(string text, int most)
    {
        int count = 0;
        while (count < most && count < text.Length && text[count] == '\n')
        {
            count++;
        }

        return text[count..];
    }
}
