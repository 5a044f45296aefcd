using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>Limits of an <see cref="Engine"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>Longest sequence, prompt and answer; 0 = the model's own, at most 4096, as much as a small machine's memory holds.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Sequences computed at once. Beyond 16 a processor's arithmetic is full and answers only get slower.</summary>
    public int MaxSequences { get; init; } = 16;

    /// <summary>
    /// Prompt rows computed in one step beside the rows of running answers; what a long prompt costs the others is this
    /// much a step. 128 fills the matrix kernels' tiles several times over.
    /// </summary>
    public int StepRows { get; init; } = 128;

    /// <summary>
    /// Memory of keys and values in bytes; null = what <see cref="MaxSequences"/> sequences of <see cref="ContextTokens"/>
    /// fill, at most a quarter of the machine's free memory.
    /// </summary>
    public long? KvBytes { get; init; }

    /// <summary>
    /// How keys and values are stored. Narrower types hold more sequences and are read faster; answers are then those of
    /// slightly rounded attention, as repeatable as before. float32 by default: what the model was trained with.
    /// </summary>
    public KvType KvType { get; init; }

    /// <summary>Requests that may wait, all owners together.</summary>
    public int QueueLength { get; init; } = 256;

    /// <summary>Requests of one owner that may wait.</summary>
    public int QueueLengthPerOwner { get; init; } = 64;

    /// <summary>Returns itself, or says which value cannot be.</summary>
    public EngineOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ContextTokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSequences);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StepRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(KvBytes ?? 1, nameof(KvBytes));
        if (!Enum.IsDefined(KvType))
        {
            throw new ArgumentOutOfRangeException(nameof(KvType), KvType, $"KvType must be one of {string.Join(", ", Enum.GetNames<KvType>())}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueLengthPerOwner);
        return this;
    }
}
