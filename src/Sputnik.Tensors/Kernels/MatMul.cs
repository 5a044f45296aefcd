namespace Sputnik.Tensors;

/// <summary>
/// The three products of a linear layer. Every output is one chain of fused multiply-adds in ascending order of the summed
/// index, so tiles, threads, batch size and vector width cannot change a bit.
/// </summary>
internal static unsafe class MatMul
{
    /// <summary>y[r, o] = Σᵢ x[r, i] · W[o, i], i ascending from 0.</summary>
    public static void Forward(Workers workers, Tensor x, Weight w, Tensor y)
    {
        for (int r = 0; r < x.Rows; r++)
        {
            for (int o = 0; o < w.Out; o++)
            {
                float sum = 0;
                for (int i = 0; i < w.In; i++)
                {
                    sum = MathF.FusedMultiplyAdd(x.RowAt(r)[i], w.Data[((long)o * w.In) + i], sum);
                }

                y.RowAt(r)[o] = sum;
            }
        }
    }

    /// <summary>dx[r, i] += Σₒ dy[r, o] · W[o, i]: the chain starts from what dx holds, o ascending.</summary>
    public static void InputGradient(Workers workers, Tensor dy, Weight w, Tensor dx)
    {
        for (int r = 0; r < dy.Rows; r++)
        {
            for (int o = 0; o < w.Out; o++)
            {
                for (int i = 0; i < w.In; i++)
                {
                    dx.RowAt(r)[i] = MathF.FusedMultiplyAdd(dy.RowAt(r)[o], w.Data[((long)o * w.In) + i], dx.RowAt(r)[i]);
                }
            }
        }
    }

    /// <summary>
    /// dW[o, i] += Σᵣ dy[r, o] · x[r, i]: the chain starts from what the gradient holds, r ascending, so splitting a batch
    /// into micro-batches changes nothing, to the bit.
    /// </summary>
    public static void WeightGradient(Workers workers, Tensor dy, Tensor x, Weight w)
    {
        for (int r = 0; r < dy.Rows; r++)
        {
            for (int o = 0; o < w.Out; o++)
            {
                for (int i = 0; i < w.In; i++)
                {
                    float* d = w.GradData + ((long)o * w.In) + i;
                    *d = MathF.FusedMultiplyAdd(dy.RowAt(r)[o], x.RowAt(r)[i], *d);
                }
            }
        }
    }
}
