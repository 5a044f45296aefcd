namespace Sputnik.Tensors;

public sealed partial class Ops
{
    // 4 MiB of logits at a time stay near the core; fewer than 64 rows would read the head too often.
    private const int LogitsAtATime = 1 << 20;
    private const int LeastChunkRows = 64;

    /// <summary>
    /// log softmax(head · x[r] / temperature)[targets[r]], fused with the head over chunks of rows so that no logits of the
    /// whole batch exist; the backward pass computes them again, same bits. [rows, In] → [rows, 1]
    /// </summary>
    /// <param name="x">Final hidden states.</param>
    /// <param name="head">Output projection [vocabulary, In].</param>
    /// <param name="targets">Token asked for in each row.</param>
    /// <param name="temperature">Divides the logits, in rollouts and in training alike.</param>
    public unsafe Tensor LogProb(Tensor x, Weight head, int[] targets, float temperature = 1)
    {
        float inverse = Softmax.Inverse(temperature);
        RequireLogProb(x, head, targets);
        Tensor y = New(x.Rows, 1);
        ArenaMark mark = arena.Mark();
        Tensor logits = arena.Allocate(ChunkRows(x, head), head.Out);
        fixed (int* target = targets)
        {
            for (int start = 0; start < x.Rows; start += logits.Rows)
            {
                Tensor part = Part(x, start, logits.Rows);
                Tensor chunk = Part(logits, 0, part.Rows);
                MatMul.Forward(workers, part, head, chunk);
                LogProbKernel.Forward(workers, chunk, target + start, inverse, y.Data + start);
            }
        }

        arena.Release(mark);
        if (tape is not null)
        {
            RecordLogProb(tape, x, head, targets, inverse, y);
        }

        return y;
    }

    private void RecordLogProb(Tape tape, Tensor x, Weight head, int[] targets, float inverse, Tensor y) => tape.Record(() =>
    {
        if (tape.HasGrad(y))
        {
            UndoLogProb(x, head, targets, inverse, tape.Grad(y), tape.Grad(x));
        }
    });

    private unsafe void UndoLogProb(Tensor x, Weight head, int[] targets, float inverse, Tensor dy, Tensor dx)
    {
        ArenaMark mark = arena.Mark();
        Tensor logits = arena.Allocate(ChunkRows(x, head), head.Out);
        fixed (int* target = targets)
        {
            for (int start = 0; start < x.Rows; start += logits.Rows)
            {
                Tensor part = Part(x, start, logits.Rows);
                Tensor chunk = Part(logits, 0, part.Rows);
                MatMul.Forward(workers, part, head, chunk);
                LogProbKernel.Backward(workers, chunk, target + start, inverse, dy.Data + start);
                MatMul.InputGradient(workers, chunk, head, Part(dx, start, logits.Rows));
                if (head.Trainable)
                {
                    MatMul.WeightGradient(workers, chunk, part, head);
                }
            }
        }

        arena.Release(mark);
    }

    // A multiple of 16, so that every chunk of x starts on a cache line.
    private static int ChunkRows(Tensor x, Weight head) =>
        Math.Min(Math.Max(1, x.Rows), Math.Max(LeastChunkRows, LogitsAtATime / head.Out / 16 * 16));

    /// <summary>At most <paramref name="count"/> rows from <paramref name="start"/>, off the tape.</summary>
    private static unsafe Tensor Part(Tensor x, int start, int count) =>
        new(x.RowAt(start), Math.Min(count, x.Rows - start), x.Cols, slot: 0);

    private static void RequireLogProb(Tensor x, Weight head, int[] targets)
    {
        if (x.Cols != head.In)
        {
            throw new ArgumentException($"'{head.Name}' takes {head.In} columns, got {x.Cols}.", nameof(x));
        }

        if (targets.Length != x.Rows)
        {
            throw new ArgumentException($"{x.Rows} rows need as many targets, got {targets.Length}.", nameof(targets));
        }

        foreach (int target in targets)
        {
            if ((uint)target >= (uint)head.Out)
            {
                throw new ArgumentException($"'{head.Name}' has tokens 0 … {head.Out - 1}, got {target}.", nameof(targets));
            }
        }
    }
}
