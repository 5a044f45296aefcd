namespace Sputnik.Text.Templates;

/// <summary>Python's operations on texts, each character keeping its origin.</summary>
internal static class TextOperations
{
    private static readonly System.Buffers.SearchValues<char> Spaces = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(IsSpace)]);

    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    /// <summary>strip, lstrip, rstrip; of space where <paramref name="characters"/> is null.</summary>
    public static TrackedText Strip(TemplateRun run, TrackedText text, string? characters, bool left, bool right)
    {
        run.Charge(text.Length);
        string value = text.Text;
        int start = 0;
        int end = value.Length;
        while (left && start < end && Takes(value[start]))
        {
            start++;
        }

        while (right && end > start && Takes(value[end - 1]))
        {
            end--;
        }

        return text.Slice(start, end - start);

        bool Takes(char c) => characters is null ? IsSpace(c) : characters.Contains(c, StringComparison.Ordinal);
    }

    /// <summary>split(separator, most): <paramref name="most"/> below 0 is without limit.</summary>
    public static List<TemplateValue> Split(TemplateRun run, TrackedText text, string separator, int most)
    {
        if (separator.Length == 0)
        {
            throw run.Error("split takes a separator that is not empty.");
        }

        run.Charge(text.Length);
        List<TemplateValue> parts = [];
        int from = 0;
        while (most < 0 || parts.Count < most)
        {
            int at = text.Text.IndexOf(separator, from, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            Add(run, parts, text.Slice(from, at - from));
            from = at + separator.Length;
        }

        Add(run, parts, text.Slice(from, text.Length - from));
        return parts;
    }

    /// <summary>rsplit(separator, most): from the right.</summary>
    public static List<TemplateValue> SplitRight(TemplateRun run, TrackedText text, string separator, int most)
    {
        if (separator.Length == 0)
        {
            throw run.Error("rsplit takes a separator that is not empty.");
        }

        run.Charge(text.Length);
        List<TemplateValue> parts = [];
        int end = text.Length;
        while ((most < 0 || parts.Count < most) && end >= separator.Length)
        {
            int at = text.Text.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            Add(run, parts, text.Slice(at + separator.Length, end - at - separator.Length));
            end = at;
        }

        Add(run, parts, text.Slice(0, end));
        parts.Reverse();
        return parts;
    }

    /// <summary>split() without a separator: at runs of space, without empty parts.</summary>
    public static List<TemplateValue> SplitAtSpace(TemplateRun run, TrackedText text, int most)
    {
        run.Charge(text.Length);
        List<TemplateValue> parts = [];
        string value = text.Text;
        for (int from = Skip(value, 0); from < value.Length;)
        {
            int length = most >= 0 && parts.Count == most ? -1 : value.AsSpan(from).IndexOfAny(Spaces);
            if (length < 0)
            {
                Add(run, parts, text.Slice(from, value.Length - from));
                break;
            }

            Add(run, parts, text.Slice(from, length));
            from = Skip(value, from + length);
        }

        return parts;
    }

    /// <summary>rsplit() without a separator.</summary>
    public static List<TemplateValue> SplitAtSpaceRight(TemplateRun run, TrackedText text, int most)
    {
        run.Charge(text.Length);
        List<TemplateValue> parts = [];
        string value = text.Text;
        for (int end = SkipBack(value, value.Length); end > 0;)
        {
            int at = most >= 0 && parts.Count == most ? -1 : value.AsSpan(0, end).LastIndexOfAny(Spaces);
            if (at < 0)
            {
                Add(run, parts, text.Slice(0, end));
                break;
            }

            Add(run, parts, text.Slice(at + 1, end - at - 1));
            end = SkipBack(value, at);
        }

        parts.Reverse();
        return parts;
    }

    /// <summary>splitlines(): at every line end that Python knows, which do not stay.</summary>
    public static List<TrackedText> Lines(TemplateRun run, TrackedText text)
    {
        run.Charge(text.Length);
        List<TrackedText> lines = [];
        string value = text.Text;
        int from = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029'))
            {
                continue;
            }

            run.Step();
            lines.Add(text.Slice(from, i - from));
            i += value[i] == '\r' && i + 1 < value.Length && value[i + 1] == '\n' ? 1 : 0;
            from = i + 1;
        }

        if (from < value.Length)
        {
            lines.Add(text.Slice(from, value.Length - from));
        }

        return lines;
    }

    /// <summary>replace(old, new, most): <paramref name="most"/> below 0 is without limit.</summary>
    public static TrackedText Replace(TemplateRun run, TrackedText text, string old, TrackedText with, int most)
    {
        run.Charge(text.Length);
        if (!text.Text.Contains(old, StringComparison.Ordinal) || most == 0)
        {
            return text;
        }

        TrackedBuilder builder = new(run);
        int from = 0;
        int at = 0;
        for (int done = 0; most < 0 || done < most; done++)
        {
            // The empty text is found before every character and at the end.
            at = old.Length == 0 ? done == 0 ? 0 : NextCharacter(text.Text, at) : text.Text.IndexOf(old, from, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            builder.Append(text, from, at - from);
            builder.Append(with);
            run.Step();
            from = at + old.Length;
        }

        builder.Append(text, from, text.Length - from);
        return builder.ToText();
    }

    /// <summary>The items as texts, with <paramref name="separator"/> between them.</summary>
    public static TrackedText Join(TemplateRun run, TrackedText separator, List<TemplateValue> items)
    {
        TrackedBuilder builder = new(run);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                builder.Append(separator);
            }

            PythonText.Append(run, items[i], builder);
        }

        return builder.ToText();
    }

    /// <summary>Upper case, in which ß is two letters.</summary>
    public static string Upper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    /// <summary>The first letter in upper case, the rest in lower.</summary>
    public static string Capitalize(string text) =>
        text.Length == 0 ? text : text[..1].ToUpperInvariant() + text[1..].ToLowerInvariant();

    private static int Skip(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipBack(string text, int end)
    {
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static int NextCharacter(string text, int at) => at == text.Length ? -1
        : at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? at + 2 : at + 1;

    private static void Add(TemplateRun run, List<TemplateValue> parts, TrackedText part)
    {
        run.Step();
        run.CheckItems(parts.Count + 1);
        parts.Add(TemplateValue.Of(part));
    }
}
