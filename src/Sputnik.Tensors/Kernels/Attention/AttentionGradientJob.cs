namespace Sputnik.Tensors;

/// <summary>
/// Sequences times key/value heads. An output of the job is a thread's share: it has scratch of its own and takes tasks
/// from a common counter, which decides who computes, never what.
/// </summary>
internal readonly unsafe struct AttentionGradientJob(AttentionGradientInput input, AttentionRun* runs, int count) : IJob
{
    private readonly AttentionGradientInput _input = input;

    /// <summary>Tasks taken so far; starts at 0.</summary>
    public required int* Taken { get; init; }

    /// <summary>Scratch of the first share; the others follow.</summary>
    public required float* Scratch { get; init; }

    /// <summary>Floats of scratch each.</summary>
    public required long ScratchFloats { get; init; }

    /// <summary>Runs all of it.</summary>
    public static void RunAll(Arena arena, Workers workers, AttentionGradientInput input, AttentionRun* runs, int count)
    {
        int longest = 0;
        for (int i = 0; i < count; i++)
        {
            longest = Math.Max(longest, runs[i].Rows);
        }

        ArenaMark mark = arena.Mark();
        int shares = Math.Min(workers.Threads, count * input.Forward.Shape.KvHeads);
        long floats = (AttentionGradient.Scratch(input.Forward.Shape, longest) + 15) & ~15L;
        int* taken = (int*)arena.Floats(1);
        *taken = 0;
        AttentionGradientJob job = new(input, runs, count) { Taken = taken, Scratch = arena.Floats(shares * floats), ScratchFloats = floats };
        workers.Run(ref job, shares);
        arena.Release(mark);
    }

    /// <inheritdoc/>
    public void Run(int index)
    {
        int kvHeads = _input.Forward.Shape.KvHeads;
        for (int task = Interlocked.Increment(ref *Taken) - 1; task < count * kvHeads; task = Interlocked.Increment(ref *Taken) - 1)
        {
            new AttentionGradient(_input, runs[task / kvHeads], task % kvHeads, Scratch + (index * ScratchFloats)).Run();
        }
    }
}
