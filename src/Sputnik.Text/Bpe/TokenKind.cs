namespace Sputnik.Text;

/// <summary>What a token is. The numbers are GGUF's (tokenizer.ggml.token_type).</summary>
public enum TokenKind
{
    /// <summary>A part of text.</summary>
    Normal = 1,

    /// <summary>Stands for what has no token.</summary>
    Unknown = 2,

    /// <summary>Shapes a conversation and has no text of its own.</summary>
    Control = 3,

    /// <summary>Matched whole in text, and has text.</summary>
    UserDefined = 4,

    /// <summary>Never to be written.</summary>
    Unused = 5,

    /// <summary>One byte of a character that has no token.</summary>
    Byte = 6,
}
