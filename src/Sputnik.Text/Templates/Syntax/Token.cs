namespace Sputnik.Text.Templates;

/// <summary>What the lexer tells apart.</summary>
internal enum TokenKind : byte
{
    Text,
    OutputBegin,
    OutputEnd,
    TagBegin,
    TagEnd,
    Name,
    Integer,
    Float,
    String,
    Operator,
    End,
}

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string what it stands for, without quotes and escapes.</param>
/// <param name="Position">Where it begins in the source.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position);
