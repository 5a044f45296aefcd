namespace Sputnik.Generation;

/// <summary>What a piece of an answer is.</summary>
public enum AnswerPieceKind
{
    /// <summary>Text of the thinking.</summary>
    Thinking,

    /// <summary>Text of the answer.</summary>
    Content,

    /// <summary>A function call begins: id and name are known, the arguments follow as text.</summary>
    ToolCall,

    /// <summary>A further part of the newest call's arguments.</summary>
    ToolArguments,

    /// <summary>The choice has ended.</summary>
    Finish,
}
