namespace Sputnik.Text;

/// <summary>Which added tokens a text may hold.</summary>
internal enum TokenMatch
{
    /// <summary>Text of a user: none that shapes a conversation, whether by its kind or by being written as a tag.</summary>
    Text,

    /// <summary>All but control tokens, as llama.cpp does unless it is asked to parse special tokens.</summary>
    UserDefined,

    /// <summary>Text of a template: all of them.</summary>
    All,
}
