namespace Sputnik.Text;

/// <summary>A token that is matched whole, before text is cut into pieces (added_tokens of tokenizer.json).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, not empty.</param>
internal readonly record struct AddedToken(int Id, string Content)
{
    /// <summary>Whether it has no text of its own: it is only matched in text that may hold control tokens.</summary>
    public bool Control { get; init; }

    /// <summary>Whether it takes the white space before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Whether it takes the white space after it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Whether letters, digits and underscores next to it forbid it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it is matched in normalised text, after those that are not.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether it is written like a tag, such as <c>&lt;/think&gt;</c> or <c>[INST]</c>: what a user types must not become one.</summary>
    public bool IsTag => (Content[0], Content[^1]) is ('<', '>') or ('[', ']') && Content.Length > 2;
}
