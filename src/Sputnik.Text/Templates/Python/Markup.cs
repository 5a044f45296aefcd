namespace Sputnik.Text.Templates;

/// <summary>Texts that are safe in HTML: what Python's markupsafe makes of them.</summary>
internal static class Markup
{
    private static readonly (string Character, string Escape)[] Escapes =
        [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ("\"", "&#34;")];

    /// <summary>The same characters, trusted not to need escaping.</summary>
    public static TrackedText Of(TrackedText text) => text.IsMarkup ? text : new(text.Text, text.Toggles) { IsMarkup = true };

    /// <summary>escape(text): the five characters that mean something in HTML, unless it is safe already.</summary>
    public static TrackedText Escape(Evaluation run, TrackedText text)
    {
        TrackedText escaped = text;
        foreach ((string character, string escape) in text.IsMarkup ? [] : Escapes)
        {
            escaped = TextOperations.Replace(run, escaped, character, TrackedText.Of(escape, fromInput: !text.IsTrusted), -1);
        }

        return Of(escaped);
    }

    /// <summary>a + b where one of the two is safe.</summary>
    public static TrackedText Join(Evaluation run, TrackedText a, TrackedText b) =>
        Of(Arithmetic.Join(run, Escape(run, a), Escape(run, b)));
}
