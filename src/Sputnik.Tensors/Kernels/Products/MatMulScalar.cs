namespace Sputnik.Tensors;

/// <summary>The definition of the three products. Tests hold <see cref="MatMul"/> to it bit for bit.</summary>
internal static unsafe class MatMulScalar
{
    /// <summary>y[r, o] = Σᵢ x[r, i] · W[o, i], i ascending from 0.</summary>
    public static void Forward(in MatMulPart part)
    {
        float* x = part.Input;
        float* y = part.Output;
        Weight w = part.Weight;
        for (int r = 0; r < part.Rows; r++, x += w.In, y += w.Out)
        {
            for (int o = 0; o < w.Out; o++)
            {
                float sum = 0;
                for (int i = 0; i < w.In; i++)
                {
                    sum = MathF.FusedMultiplyAdd(x[i], w.Data[((long)o * w.In) + i], sum);
                }

                y[o] = sum;
            }
        }
    }

    /// <summary>dx[r, i] += Σₒ dy[r, o] · W[o, i]: the chain starts from what dx holds, o ascending.</summary>
    public static void InputGradient(in MatMulPart part)
    {
        float* dx = part.Input;
        float* dy = part.Output;
        Weight w = part.Weight;
        for (int r = 0; r < part.Rows; r++, dx += w.In, dy += w.Out)
        {
            for (int o = 0; o < w.Out; o++)
            {
                for (int i = 0; i < w.In; i++)
                {
                    dx[i] = MathF.FusedMultiplyAdd(dy[o], w.Data[((long)o * w.In) + i], dx[i]);
                }
            }
        }
    }

    /// <summary>dW[o, i] += Σᵣ dy[r, o] · x[r, i]: the chain starts from what the gradient holds, r ascending.</summary>
    public static void WeightGradient(in MatMulPart part)
    {
        float* x = part.Input;
        float* dy = part.Output;
        Weight w = part.Weight;
        for (int r = 0; r < part.Rows; r++, x += w.In, dy += w.Out)
        {
            for (int o = 0; o < w.Out; o++)
            {
                float* dw = w.GradData + ((long)o * w.In);
                for (int i = 0; i < w.In; i++)
                {
                    dw[i] = MathF.FusedMultiplyAdd(dy[o], x[i], dw[i]);
                }
            }
        }
    }
}
