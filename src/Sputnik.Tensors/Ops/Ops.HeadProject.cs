namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Head by head y[r, h] = W[rows of h] · x[r, h]. The rows of head h in <paramref name="w"/> are
    /// h · stride + start … + count, stride = w.Out / heads. [rows, heads · In] → [rows, heads · count]
    /// </summary>
    public Tensor HeadProject(Tensor x, Weight w, int heads, int start, int count)
    {
        HeadShape shape = HeadBlocks(w, heads, start, count);
        RequireHeads(x, w, heads, w.In);
        Tensor y = New(x.Rows, heads * count);
        HeadProduct.Narrow(workers, w, shape, x, y, carry: false);
        if (tape is not null)
        {
            RecordHeadProject(tape, x, w, shape, y);
        }

        return y;
    }

    /// <summary>The transposed product y[r, h] = W[rows of h]ᵀ · x[r, h].  [rows, heads · count] → [rows, heads · In]</summary>
    public Tensor HeadProjectTransposed(Tensor x, Weight w, int heads, int start, int count)
    {
        HeadShape shape = HeadBlocks(w, heads, start, count);
        RequireHeads(x, w, heads, count);
        Tensor y = New(x.Rows, heads * w.In);
        HeadProduct.Widen(workers, w, shape, x, y, carry: false);
        if (tape is not null)
        {
            RecordHeadProjectTransposed(tape, x, w, shape, y);
        }

        return y;
    }

    private void RecordHeadProject(Tape tape, Tensor x, Weight w, HeadShape shape, Tensor y) => tape.Record(() =>
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        Tensor dy = tape.Grad(y);
        HeadProduct.Widen(workers, w, shape, dy, tape.Grad(x), carry: true);
        if (w.Trainable)
        {
            HeadProduct.WeightGradient(workers, w, shape, narrow: dy, wide: x);
        }
    });

    private void RecordHeadProjectTransposed(Tape tape, Tensor x, Weight w, HeadShape shape, Tensor y) => tape.Record(() =>
    {
        if (!tape.HasGrad(y))
        {
            return;
        }

        Tensor dy = tape.Grad(y);
        HeadProduct.Narrow(workers, w, shape, dy, tape.Grad(x), carry: true);
        if (w.Trainable)
        {
            HeadProduct.WeightGradient(workers, w, shape, narrow: x, wide: dy);
        }
    });

    private static HeadShape HeadBlocks(Weight w, int heads, int start, int count)
    {
        if (heads < 1 || w.Out % heads != 0)
        {
            throw new ArgumentException($"'{w.Name}' has {w.Out} rows, not a multiple of {heads} heads.", nameof(heads));
        }

        int stride = w.Out / heads;
        if (start < 0 || count < 1 || start + count > stride)
        {
            throw new ArgumentException($"'{w.Name}' has rows 0 to {stride - 1} a head, asked from {start} for {count}.", nameof(start));
        }

        return new(heads, stride, start, count, w.In);
    }

    private static void RequireHeads(Tensor x, Weight w, int heads, int cols)
    {
        if (x.Cols != heads * cols)
        {
            throw new ArgumentException($"'{w.Name}' takes {heads} heads of {cols} columns here, got {x.Cols} columns.", nameof(x));
        }
    }
}
