namespace Sputnik.Tensors;

/// <summary>
/// Products with a weight's block for every head, by which multi-head latent attention folds queries into the latent and
/// unfolds results from it. Every output is one chain of fused multiply-adds, the summed index ascending.
/// </summary>
internal static unsafe class HeadProduct
{
    // Rows of one task: a head's block is loaded once for them.
    private const int TaskRows = 32;

    /// <summary>to[r, h, i] = (carry ? to : 0) + Σₒ from[r, h, o] · W[h][o, i].  [rows, Heads · Narrow] → [rows, Heads · Wide]</summary>
    public static void Widen(Workers workers, Weight w, HeadShape shape, Tensor from, Tensor to, bool carry)
    {
        WidenJob job = new(w.Data, shape, from, to, carry);
        workers.Run(ref job, Tasks(from.Rows) * shape.Heads);
    }

    /// <summary>to[r, h, o] = (carry ? to : 0) + Σᵢ from[r, h, i] · W[h][o, i].  [rows, Heads · Wide] → [rows, Heads · Narrow]</summary>
    public static void Narrow(Workers workers, Weight w, HeadShape shape, Tensor from, Tensor to, bool carry)
    {
        NarrowJob job = new(w.PanelsByOutput(workers), shape, from, to, carry);
        workers.Run(ref job, Tasks(from.Rows) * shape.Heads);
    }

    /// <summary>dW[h][o, i] += Σᵣ narrow[r, h, o] · wide[r, h, i]: the chain starts from what the gradient holds, r ascending.</summary>
    public static void WeightGradient(Workers workers, Weight w, HeadShape shape, Tensor narrow, Tensor wide)
    {
        GradientJob job = new(w.GradData, shape, narrow, wide);
        workers.Run(ref job, shape.Heads);
    }

    private static int Tasks(int rows) => (rows + TaskRows - 1) / TaskRows;

    private readonly struct WidenJob(float* w, HeadShape shape, Tensor from, Tensor to, bool carry) : IJob
    {
        public void Run(int index)
        {
            int head = index % shape.Heads;
            int row = index / shape.Heads * TaskRows;
            OuterFactors f = new(from.RowAt(row) + (head * shape.Narrow), from.Cols, 1, w + ((nint)shape.Row(head) * shape.Wide), shape.Wide, Lanes.Width);
            float* y = to.RowAt(row) + (head * shape.Wide);
            OuterProduct.Run(f, Math.Min(TaskRows, from.Rows - row), shape.Wide, shape.Narrow, y, to.Cols, carry);
        }
    }

    // A head's rows may begin anywhere in the weight's panels: they are taken panel by panel.
    private readonly struct NarrowJob(float* panels, HeadShape shape, Tensor from, Tensor to, bool carry) : IJob
    {
        public void Run(int index)
        {
            int head = index % shape.Heads;
            int row = index / shape.Heads * TaskRows;
            float* a = from.RowAt(row) + (head * shape.Wide);
            float* y = to.RowAt(row) + (head * shape.Narrow);
            for (int o = 0, cols; o < shape.Narrow; o += cols)
            {
                (int panel, int lane) = Math.DivRem(shape.Row(head) + o, PanelProduct.Columns);
                cols = Math.Min(PanelProduct.Columns - lane, shape.Narrow - o);
                float* b = panels + ((nint)panel * shape.Wide * PanelProduct.Columns) + lane;
                OuterFactors f = new(a, from.Cols, 1, b, PanelProduct.Columns, Lanes.Width);
                OuterProduct.Run(f, Math.Min(TaskRows, from.Rows - row), cols, shape.Wide, y + o, to.Cols, carry);
            }
        }
    }

    private readonly struct GradientJob(float* dw, HeadShape shape, Tensor narrow, Tensor wide) : IJob
    {
        public void Run(int head)
        {
            OuterFactors f = new(narrow.Data + (head * shape.Narrow), 1, narrow.Cols, wide.Data + (head * shape.Wide), wide.Cols, Lanes.Width);
            OuterProduct.Run(f, shape.Narrow, shape.Wide, narrow.Rows, dw + ((nint)shape.Row(head) * shape.Wide), shape.Wide, carry: true);
        }
    }
}
