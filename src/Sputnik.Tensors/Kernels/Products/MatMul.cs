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
        // A file may store one layer's weights in both kinds of formats.
        for (int start = 0, end; start < parts.Length; start = end)
        {
            bool coded = parts[start].Weight.Format.IsCoded();
            end = start + 1;
            while (end < parts.Length && parts[end].Weight.Format.IsCoded() == coded)
            {
                end++;
            }

            if (coded)
            {
                QuantMatMul.ForwardGroup(workers, parts[start..end]);
            }
            else
            {
                Group(workers, parts[start..end], &ForwardProduct);
            }
        }
    }

    /// <summary><see cref="InputGradient"/> of every part; the parts' dx must not overlap.</summary>
    public static void InputGradientGroup(Workers workers, ReadOnlySpan<MatMulPart> parts) =>
        Group(workers, parts, &InputGradientProduct);

    /// <summary><see cref="WeightGradient"/> of every part; each weight trains and stands in one part only.</summary>
    public static void WeightGradientGroup(Workers workers, ReadOnlySpan<MatMulPart> parts) =>
        Group(workers, parts, &WeightGradientProduct);

    private static void Group(
        Workers workers, ReadOnlySpan<MatMulPart> parts, delegate*<Workers, in MatMulPart, PanelProduct> form)
    {
        PanelProduct* products = stackalloc PanelProduct[Math.Min(parts.Length, MatMulJob.MaxProducts)];
        int count = 0;
        foreach (ref readonly MatMulPart part in parts)
        {
            if (part.Rows == 0)
            {
                continue;
            }

            products[count++] = form(workers, part);
            if (count == MatMulJob.MaxProducts)
            {
                MatMulJob.Run(workers, new(products, count));
                count = 0;
            }
        }

        if (count > 0)
        {
            MatMulJob.Run(workers, new(products, count));
        }
    }

    // y = x Wᵀ: the sum runs over inputs, the columns are outputs.
    private static PanelProduct ForwardProduct(Workers workers, in MatMulPart part) => new()
    {
        A = part.Input,
        ARow = part.Weight.In,
        AStep = 1,
        B = part.Weight.IsNarrow ? null : part.Weight.PanelsByOutput(workers),
        Narrow = part.Weight.IsNarrow ? part.Weight.NarrowFactor(workers) : default,
        BStep = PanelProduct.Columns,
        BPanel = (nint)part.Weight.In * PanelProduct.Columns,
        C = part.Output,
        CRow = part.Weight.Out,
        Rows = part.Rows,
        Cols = part.Weight.Out,
        Depth = part.Weight.In,
    };

    // dx += dy W: the sum runs over outputs, the columns are inputs.
    private static PanelProduct InputGradientProduct(Workers workers, in MatMulPart part) => new()
    {
        A = part.Output,
        ARow = part.Weight.Out,
        AStep = 1,
        B = part.Weight.PanelsByInput(workers),
        BStep = PanelProduct.Columns,
        BPanel = (nint)part.Weight.Out * PanelProduct.Columns,
        C = part.Input,
        CRow = part.Weight.In,
        Rows = part.Rows,
        Cols = part.Weight.In,
        Depth = part.Weight.Out,
        Continues = true,
    };

    // dW += dyᵀ x: the sum runs over rows, the rows of the result are outputs, its columns inputs.
    private static PanelProduct WeightGradientProduct(Workers workers, in MatMulPart part) => new()
    {
        A = part.Output,
        ARow = 1,
        AStep = part.Weight.Out,
        B = part.Input,
        BStep = part.Weight.In,
        BPanel = PanelProduct.Columns,
        C = part.Weight.GradData,
        CRow = part.Weight.In,
        Rows = part.Weight.Out,
        Cols = part.Weight.In,
        Depth = part.Rows,
        Continues = true,
        Unpadded = true,
    };
}
