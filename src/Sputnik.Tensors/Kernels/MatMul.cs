namespace Sputnik.Tensors;

/// <summary>
/// The three products of a linear layer. Every output is one chain of fused multiply-adds in ascending order of the summed
/// index, so tiles, threads, batch size and vector width cannot change a bit. The grouped forms share one fork-join over
/// all parts.
/// </summary>
internal static unsafe class MatMul
{
    /// <summary>y[r, o] = Σᵢ x[r, i] · W[o, i], i ascending from 0.</summary>
    public static void Forward(Workers workers, Tensor x, Weight w, Tensor y) =>
        ForwardGroup(workers, [new MatMulPart(x.Data, x.Rows, w, y.Data)]);

    /// <summary>dx[r, i] += Σₒ dy[r, o] · W[o, i]: the chain starts from what dx holds, o ascending.</summary>
    public static void InputGradient(Workers workers, Tensor dy, Weight w, Tensor dx) =>
        InputGradientGroup(workers, [new MatMulPart(dx.Data, dx.Rows, w, dy.Data)]);

    /// <summary>
    /// dW[o, i] += Σᵣ dy[r, o] · x[r, i]: the chain starts from what the gradient holds, r ascending, so splitting a batch
    /// into micro-batches changes nothing, to the bit.
    /// </summary>
    public static void WeightGradient(Workers workers, Tensor dy, Tensor x, Weight w) =>
        WeightGradientGroup(workers, [new MatMulPart(x.Data, x.Rows, w, dy.Data)]);

    /// <summary><see cref="Forward"/> of every part; outputs must not overlap.</summary>
    public static void ForwardGroup(Workers workers, ReadOnlySpan<MatMulPart> parts)
    {
        foreach (ref readonly MatMulPart part in parts)
        {
            MatMulScalar.Forward(part);
        }
    }

    /// <summary><see cref="InputGradient"/> of every part; the parts' dx must not overlap.</summary>
    public static void InputGradientGroup(Workers workers, ReadOnlySpan<MatMulPart> parts)
    {
        foreach (ref readonly MatMulPart part in parts)
        {
            MatMulScalar.InputGradient(part);
        }
    }

    /// <summary><see cref="WeightGradient"/> of every part; each weight stands in at most one part and trains.</summary>
    public static void WeightGradientGroup(Workers workers, ReadOnlySpan<MatMulPart> parts)
    {
        foreach (ref readonly MatMulPart part in parts)
        {
            MatMulScalar.WeightGradient(part);
        }
    }
}
