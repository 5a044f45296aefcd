namespace Sputnik.Text.Templates;

/// <summary>What the lexer tells apart.</summary>
internal enum LexemeKind : byte
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
internal readonly record struct Token(LexemeKind Kind, string Text, int Position);
