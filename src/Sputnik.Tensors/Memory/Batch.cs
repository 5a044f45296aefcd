namespace Sputnik.Tensors;

/// <summary>
/// Token, sequence and position of every row. Prefill, decode, packed rollouts and training differ in nothing else. Rows
/// of one sequence stand together in ascending positions; one object is refilled step after step and then allocates nothing.
/// </summary>
public sealed class Batch
{
    private readonly int[] _tokens;
    private readonly int[] _sequences;
    private readonly int[] _positions;

    /// <summary>An empty batch for at most <paramref name="capacity"/> rows.</summary>
    public Batch(int capacity)
    {
        // Pinned: kernels on other threads read these through pointers.
        _tokens = GC.AllocateArray<int>(capacity, pinned: true);
        _sequences = GC.AllocateArray<int>(capacity, pinned: true);
        _positions = GC.AllocateArray<int>(capacity, pinned: true);
    }

    /// <summary>Rows filled so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows it can hold.</summary>
    public int Capacity => _tokens.Length;

    /// <summary>Token id of each row. [Rows]</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Rows);

    /// <summary>Sequence of each row, as numbered by the <see cref="KvCache"/>. [Rows]</summary>
    public ReadOnlySpan<int> Sequences => _sequences.AsSpan(0, Rows);

    /// <summary>Position of each row in its sequence, from 0. [Rows]</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Rows);

    /// <summary>
    /// Sequences of the whole step that this batch is a part of; 0 = the batch is the step. What is a mean over sequences
    /// divides by it, so that a step may be cut into micro-batches.
    /// </summary>
    public int StepSequences { get; set; }

    /// <summary>Empties the batch for the next step.</summary>
    public void Clear() => Rows = 0;

    /// <summary>Appends one row.</summary>
    public void Add(int token, int sequence, int position)
    {
        if (Rows == Capacity)
        {
            throw new InvalidOperationException($"The batch holds at most {Capacity} rows.");
        }

        _tokens[Rows] = token;
        _sequences[Rows] = sequence;
        _positions[Rows++] = position;
    }

    /// <summary>Appends a run of one sequence, the first token at <paramref name="position"/>.</summary>
    public void Add(ReadOnlySpan<int> tokens, int sequence, int position = 0)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            Add(tokens[i], sequence, position + i);
        }
    }

    internal unsafe int* TokenData => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_tokens));

    internal unsafe int* SequenceData => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_sequences));

    internal unsafe int* PositionData => (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_positions));
}
