namespace Sputnik.Generation;

/// <summary>Limits of an <see cref="Engine"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>Longest sequence, prompt and answer; 0 = the model's own, at most 4096, as much as a small machine's memory holds.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Sequences computed at once. Beyond 16 a processor's arithmetic is full and answers only get slower.</summary>
    public int MaxSequences { get; init; } = 16;

    /// <summary>Requests that may wait, all owners together.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>Requests of one owner that may wait.</summary>
    public int QueueLengthPerOwner { get; init; } = 8;
}
