namespace Sputnik.Generation;

/// <summary>Why an answer ended.</summary>
public enum AnswerEndReason
{
    /// <summary>The model ended it, or a stop string came.</summary>
    Stop,

    /// <summary>The limit of tokens or the context, or a format that no token of the vocabulary continues.</summary>
    Length,

    /// <summary>The model asked for functions.</summary>
    ToolCalls,

    /// <summary>The same text over and over.</summary>
    Loop,
}
