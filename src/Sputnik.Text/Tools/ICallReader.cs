namespace Sputnik.Text.Tools;

/// <summary>How far a reader has come.</summary>
internal enum Progress
{
    /// <summary>It needs more text.</summary>
    Waits,

    /// <summary>It took something and can go on.</summary>
    Moves,

    /// <summary>The calls are over; what follows is text.</summary>
    Done,

    /// <summary>This is no call.</summary>
    Failed,
}

/// <summary>Reads the calls behind an opening marker.</summary>
internal interface ICallReader
{
    /// <summary>Whether a call has begun and not ended.</summary>
    bool InCall { get; }

    /// <summary>Takes the next part of the text.</summary>
    Progress Read(CallText text, List<ToolCallPiece> pieces);
}
