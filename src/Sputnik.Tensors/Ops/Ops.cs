namespace Sputnik.Tensors;

/// <summary>
/// The words a model is written in. A tape makes them record; it never changes the forward arithmetic. Each word stands
/// in its own file with its backward.
/// </summary>
/// <param name="arena">Memory of the step.</param>
/// <param name="workers">Threads that share each word's outputs.</param>
/// <param name="tape">What to undo; null at inference.</param>
public sealed partial class Ops(Arena arena, Workers workers, Tape? tape = null)
{
    /// <summary>Memory of the step.</summary>
    public Arena Arena => arena;

    /// <summary>Threads that share each word's outputs.</summary>
    public Workers Workers => workers;

    /// <summary>What to undo; null at inference.</summary>
    public Tape? Tape => tape;

    /// <summary>
    /// Ends a block of a model at inference: of all that was allocated since the mark only <paramref name="x"/> is kept, moved
    /// to where the mark stands. The next block then works in memory that is still in cache. With a tape nothing is forgotten.
    /// </summary>
    public Tensor Keep(ArenaMark mark, Tensor x)
    {
        if (tape is not null)
        {
            return x;
        }

        arena.Release(mark);
        Tensor kept = New(x.Rows, x.Cols);

        // They may overlap: CopyTo moves overlapping values rightly.
        x.Span.CopyTo(kept.Span);
        return kept;
    }

    /// <summary>A fresh result of a word, on the tape if there is one.</summary>
    internal unsafe Tensor New(int rows, int cols) =>
        new(arena.Floats((long)rows * cols), rows, cols, tape?.NewSlot() ?? 0);
}
