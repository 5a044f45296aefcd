namespace Sputnik.Generation;

/// <summary>Kinds of rules for an answer's text.</summary>
public enum AnswerFormatKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    JsonObject,

    /// <summary>JSON by a JSON Schema.</summary>
    JsonSchema,

    /// <summary>Text that a regular expression matches whole.</summary>
    Regex,

    /// <summary>Text of a grammar in llama.cpp's GBNF.</summary>
    Grammar,
}
