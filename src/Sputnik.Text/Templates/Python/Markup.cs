namespace Sputnik.Text.Templates;

/// <summary>Texts that are safe in HTML: what Python's markupsafe makes of them.</summary>
internal static class Markup
{
    /// <summary>The same characters, trusted not to need escaping.</summary>
    public static TrackedText Of(TrackedText text) => text.IsMarkup ? text : new(text.Text, text.Toggles) { IsMarkup = true };

    /// <summary>escape(text): the five characters that mean something in HTML, unless it is safe already.</summary>
    public static TrackedText Escape(TemplateRun run, TrackedText text)
    {
        if (text.IsMarkup)
        {
            return text;
        }

        TrackedBuilder builder = new(run);
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (Escape(text.Text[i]) is { } escape)
            {
                builder.Append(text, from, i - from);
                builder.Append(escape, text.IsInputAt(i));
                from = i + 1;
            }
        }

        builder.Append(text, from, text.Length - from);
        return Of(builder.ToText());
    }

    /// <summary>a + b where one of the two is safe.</summary>
    public static TrackedText Join(TemplateRun run, TrackedText a, TrackedText b) =>
        Of(Arithmetic.Join(run, Escape(run, a), Escape(run, b)));

    private static string? Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\'' => "&#39;",
        '"' => "&#34;",
        _ => null,
    };
}
