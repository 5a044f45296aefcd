namespace Sputnik.Tasks;

/// <summary>
/// The form asked of a response, the text after "&lt;think&gt;\n": thinking, one "&lt;/think&gt;", then one balanced
/// \boxed{…}. Linear in the length of the text.
/// </summary>
public sealed record ResponseFormat
{
    /// <summary>Ends the thinking. One token; in documents and responses it stands as this literal text.</summary>
    public const string Close = "</think>";

    private const string Open = "<think>";
    private const string BoxStart = "\\boxed{";

    // Answers of our families are a few characters long; expressions a few dozen.
    private const int GreatestAnswerLength = 200;

    private ResponseFormat(string thinking, string? answer, string why)
    {
        Thinking = thinking;
        Answer = answer;
        Why = why;
    }

    /// <summary>The text before the first "&lt;/think&gt;", or all of it where there is none.</summary>
    public string Thinking { get; }

    /// <summary>The content of the box, trimmed; null where the form is broken.</summary>
    public string? Answer { get; }

    /// <summary>What is wrong with the form, or "well formed".</summary>
    public string Why { get; }

    /// <summary>Whether the form is as asked.</summary>
    public bool IsValid => Answer is not null;

    /// <summary>The answer in its box.</summary>
    public static string Box(string answer) => $"{BoxStart}{answer}}}";

    /// <summary>Takes a response apart.</summary>
    public static ResponseFormat Parse(string response)
    {
        int close = response.IndexOf(Close, StringComparison.Ordinal);
        if (close < 0)
        {
            return new ResponseFormat(response, null, "the thinking is not closed");
        }

        string thinking = response[..close];
        ReadOnlySpan<char> rest = response.AsSpan(close + Close.Length);
        if (rest.Contains(Close, StringComparison.Ordinal) || response.Contains(Open, StringComparison.Ordinal))
        {
            return new ResponseFormat(thinking, null, "the thinking is opened or closed twice");
        }

        int box = rest.IndexOf(BoxStart, StringComparison.Ordinal);
        if (box < 0)
        {
            return new ResponseFormat(thinking, null, "no box");
        }

        ReadOnlySpan<char> inside = rest[(box + BoxStart.Length)..];
        if (inside.Contains(BoxStart, StringComparison.Ordinal))
        {
            return new ResponseFormat(thinking, null, "more than one box");
        }

        return Content(inside) is { } answer
            ? new ResponseFormat(thinking, answer, "well formed")
            : new ResponseFormat(thinking, null, "the box is empty, too long or not closed");
    }

    private static string? Content(ReadOnlySpan<char> inside)
    {
        int depth = 1;
        for (int i = 0; i < inside.Length && i <= GreatestAnswerLength; i++)
        {
            depth += inside[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                ReadOnlySpan<char> content = inside[..i].Trim();
                return content.IsEmpty ? null : content.ToString();
            }
        }

        return null;
    }
}
