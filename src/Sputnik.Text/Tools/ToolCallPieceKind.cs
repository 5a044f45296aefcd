namespace Sputnik.Text;

/// <summary>What a piece of text with tool calls is.</summary>
public enum ToolCallPieceKind
{
    /// <summary>Text of the answer.</summary>
    Content,

    /// <summary>A call begins; the text is its function's name.</summary>
    Begin,

    /// <summary>A further part of the call's arguments.</summary>
    Arguments,

    /// <summary>The call is over.</summary>
    End,
}
