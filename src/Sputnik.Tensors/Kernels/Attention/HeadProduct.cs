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
    /// <param name="workers">Who shares heads and rows.</param>
    /// <param name="w">The weight.</param>
    /// <param name="lanes">Scratch of shape.LaneFloats for the transposed blocks.</param>
    /// <param name="shape">Where the blocks lie.</param>
    /// <param name="from">What is multiplied.</param>
    /// <param name="to">The products.</param>
    /// <param name="carry">The chains start from what is there.</param>
    public static void Narrow(Workers workers, Weight w, float* lanes, HeadShape shape, Tensor from, Tensor to, bool carry)
    {
        LayJob lay = new(w.Data, lanes, shape);
        workers.Run(ref lay, shape.Heads);
        NarrowJob job = new(lanes, shape, from, to, carry);
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
            OuterFactors f = new(from.RowAt(row) + (head * shape.Narrow), from.Cols, 1, w + shape.Block(head), shape.Wide, Lanes.Width);
            float* y = to.RowAt(row) + (head * shape.Wide);
            OuterProduct.Run(f, Math.Min(TaskRows, from.Rows - row), shape.Wide, shape.Narrow, y, to.Cols, carry);
        }
    }

    private readonly struct NarrowJob(float* lanes, HeadShape shape, Tensor from, Tensor to, bool carry) : IJob
    {
        public void Run(int index)
        {
            int head = index % shape.Heads;
            int row = index / shape.Heads * TaskRows;
            float* block = lanes + (head * shape.LaneBlock);
            OuterFactors f = new(from.RowAt(row) + (head * shape.Wide), from.Cols, 1, block, Lanes.Width, (nint)shape.Wide * Lanes.Width);
            float* y = to.RowAt(row) + (head * shape.Narrow);
            OuterProduct.Run(f, Math.Min(TaskRows, from.Rows - row), shape.Narrow, shape.Wide, y, to.Cols, carry);
        }
    }

    private readonly struct GradientJob(float* dw, HeadShape shape, Tensor narrow, Tensor wide) : IJob
    {
        public void Run(int head)
        {
            OuterFactors f = new(narrow.Data + (head * shape.Narrow), 1, narrow.Cols, wide.Data + (head * shape.Wide), wide.Cols, Lanes.Width);
            OuterProduct.Run(f, shape.Narrow, shape.Wide, narrow.Rows, dw + shape.Block(head), shape.Wide, carry: true);
        }
    }

    private readonly struct LayJob(float* w, float* lanes, HeadShape shape) : IJob
    {
        public void Run(int head)
        {
            float* from = w + shape.Block(head);
            float* block = lanes + (head * shape.LaneBlock);
            for (int o = 0; o < shape.Narrow; o++)
            {
                float* to = block + ((nint)(o / Lanes.Width) * shape.Wide * Lanes.Width) + (o % Lanes.Width);
                for (int i = 0; i < shape.Wide; i++)
                {
                    to[i * Lanes.Width] = *from++;
                }
            }
        }
    }
}
