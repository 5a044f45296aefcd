using Sputnik.Text;

namespace Sputnik.Tests.Text;

/// <summary>What a splitter must come to, said of the whole text at once.</summary>
internal static class WholeSplit
{
    /// <summary>Stands for a tag that is a token of its own.</summary>
    public const string OpenToken = "\uE00A", CloseToken = "\uE00B";

    public static (string Thinking, string Answer) Of(string text, ReasoningStart start, string open = "<think>", string close = "</think>")
    {
        ReasoningPart? part = start.Part;
        string rest = Without(text, start.LineEndsToDrop);
        string first = part is null ? text.TrimStart() : text;
        if (part != ReasoningPart.Answer && first.StartsWith(open, StringComparison.Ordinal))
        {
            part = ReasoningPart.Thinking;
            rest = Without(first[open.Length..], 1);
        }
        else if (part is null && first.StartsWith(close, StringComparison.Ordinal))
        {
            return ("", Plain(Without(first[close.Length..], 2)));
        }

        if (part != ReasoningPart.Thinking)
        {
            return ("", Plain(rest));
        }

        int at = rest.IndexOf(close, StringComparison.Ordinal);
        if (at < 0)
        {
            return (Plain(rest), "");
        }

        string thinking = rest[..at];
        return (Plain(thinking.EndsWith('\n') ? thinking[..^1] : thinking), Plain(Without(rest[(at + close.Length)..], 2)));
    }

    /// <summary>The text of tokens, with the tags that are tokens as characters of their own.</summary>
    public static string Text(Tokenizer tokenizer, int[] ids)
    {
        int? open = tokenizer.Find("<think>"), close = tokenizer.Find("</think>");
        List<string> parts = [];
        int from = 0;
        for (int i = 0; i <= ids.Length; i++)
        {
            if (i == ids.Length || ids[i] == open || ids[i] == close)
            {
                parts.Add(tokenizer.Decode(ids.AsSpan(from..i), skipControl: true));
                parts.Add(i == ids.Length ? "" : ids[i] == open ? OpenToken : CloseToken);
                from = i + 1;
            }
        }

        return string.Concat(parts);
    }

    private static string Plain(string text) =>
        text.Replace(OpenToken, "<think>", StringComparison.Ordinal).Replace(CloseToken, "</think>", StringComparison.Ordinal);

    private static string Without(string text, int lineEnds)
    {
        while (lineEnds-- > 0 && text.StartsWith('\n'))
        {
            text = text[1..];
        }

        return text;
    }
}
