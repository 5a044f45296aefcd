using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Moves every singular value of Y near 1, five times Y ← a Y + Y (b G + c G²) with G = YᵀY. Y stands tall: rows ≥ cols.
/// Every product is one chain of fused multiply-adds, the summed index ascending. Source: Jordan et al., "Muon: an optimizer
/// for hidden layers in neural networks", 2024, with its coefficients.
/// </summary>
internal static unsafe class NewtonSchulzKernel
{
    private const int Iterations = 5;
    private const float A = 3.4445f;
    private const float B = -4.7750f;
    private const float C = 2.0315f;
    private const int TileRows = 8;
    private const int TileCols = 32;

    /// <summary>Floats from row to row: whole tiles, and an odd number of cache lines so that a column meets every L1 set.</summary>
    public static int Stride(int cols) => ((cols + TileCols - 1) & -TileCols) + 16;

    /// <summary>Floats of Y with its padding.</summary>
    public static long YFloats(int rows, int cols) => (long)((rows + TileRows - 1) & -TileRows) * Stride(cols);

    /// <summary>Floats of scratch: a second Y, G and the polynomial of G.</summary>
    public static long ScratchFloats(int rows, int cols) =>
        YFloats(rows, cols) + (2L * (Stride(cols) - 16) * Stride(cols));

    /// <summary>The definition, on a matrix without padding. Tests hold <see cref="Simd"/> to it bit for bit.</summary>
    public static float[,] Scalar(float[,] y)
    {
        int rows = y.GetLength(0), cols = y.GetLength(1);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            float[,] last = y;
            float[,] gram = Fill(cols, cols, rows, (i, j, k, sum) => MathF.FusedMultiplyAdd(last[k, i], last[k, j], sum));
            float[,] poly = Fill(cols, cols, cols, (i, j, k, sum) => MathF.FusedMultiplyAdd(gram[k, i], gram[k, j], sum));
            poly = Fill(cols, cols, 1, (i, j, _, _) => MathF.FusedMultiplyAdd(B, gram[i, j], C * poly[i, j]));
            float[,] step = Fill(rows, cols, cols, (i, j, k, sum) => MathF.FusedMultiplyAdd(last[i, k], poly[k, j], sum));
            y = Fill(rows, cols, 1, (i, j, _, _) => MathF.FusedMultiplyAdd(A, last[i, j], step[i, j]));
        }

        return y;
    }

    /// <summary>
    /// The same in tiles of 8 × 32; padding of zeros stays zero. Returns where the result lies: five iterations leave it in
    /// the scratch.
    /// </summary>
    public static float* Simd(float* y, int rows, int cols, float* scratch)
    {
        int stride = Stride(cols), wide = stride - 16, tall = (rows + TileRows - 1) & -TileRows;
        float* next = scratch;
        float* gram = next + YFloats(rows, cols);
        float* poly = gram + ((long)wide * stride);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Symmetric(y, tall, wide, stride, null, gram);
            Symmetric(gram, wide, wide, stride, gram, poly);
            for (int i = 0; i < tall; i += TileRows)
            {
                for (int j = 0; j < wide; j += TileCols)
                {
                    long at = ((long)i * stride) + j;
                    new Tile(new(y + ((long)i * stride), stride, 1), poly + j, new(y + at, A, 1), next + at).Run(wide, stride);
                }
            }

            float* swap = y;
            y = next;
            next = swap;
        }

        return y;
    }

    /// <summary>out = xᵀx, or b · addend + c · xᵀx: the tiles on and above the diagonal, and their mirror.</summary>
    private static void Symmetric(float* x, int depth, int wide, int stride, float* addend, float* @out)
    {
        for (int i = 0; i < wide; i += TileRows)
        {
            for (int j = i & -TileCols; j < wide; j += TileCols)
            {
                long at = ((long)i * stride) + j;
                Blend blend = addend == null ? default : new(addend + at, B, C);
                new Tile(new(x + i, 1, stride), x + j, blend, @out + at).Run(depth, stride);
            }
        }

        for (int i = TileCols; i < wide; i++)
        {
            for (int j = 0; j < (i & -TileCols); j++)
            {
                @out[((long)i * stride) + j] = @out[((long)j * stride) + i];
            }
        }
    }

    private static float[,] Fill(int rows, int cols, int depth, Func<int, int, int, float, float> term)
    {
        float[,] result = new float[rows, cols];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                float sum = 0;
                for (int k = 0; k < depth; k++)
                {
                    sum = term(i, j, k, sum);
                }

                result[i, j] = sum;
            }
        }

        return result;
    }

    /// <summary>The left operand: element [r, k] lies at r · rowStep + k · depthStep.</summary>
    private readonly struct Left(float* start, int rowStep, int depthStep)
    {
        public float* Start => start;

        public int RowStep => rowStep;

        public int DepthStep => depthStep;
    }

    /// <summary>sum → beta · addend + gamma · sum; without an addend the sum itself.</summary>
    private readonly struct Blend(float* addend, float beta, float gamma)
    {
        public Vector512<float> Of(Vector512<float> sum, long at) => addend == null
            ? sum
            : Vector512.FusedMultiplyAdd(Vector512.Create(beta), Vector512.Load(addend + at), Vector512.Create(gamma) * sum);
    }

    /// <summary>out[r, j] = blend of Σₖ left[r, k] · right[k, j] for 8 rows and 32 columns.</summary>
    private readonly struct Tile(Left left, float* right, Blend blend, float* @out)
    {
        public void Run(int depth, int stride)
        {
            float* l = left.Start;
            int rowStep = left.RowStep, depthStep = left.DepthStep;
            float* r = right;
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
            for (int k = 0; k < depth; k++, l += depthStep, r += stride)
            {
                Vector512<float> r0 = Vector512.Load(r), r1 = Vector512.Load(r + 16);
                Vector512<float> x = Vector512.Create(l[0]);
                (a0, b0) = (Vector512.FusedMultiplyAdd(x, r0, a0), Vector512.FusedMultiplyAdd(x, r1, b0));
                x = Vector512.Create(l[rowStep]);
                (a1, b1) = (Vector512.FusedMultiplyAdd(x, r0, a1), Vector512.FusedMultiplyAdd(x, r1, b1));
                x = Vector512.Create(l[2 * rowStep]);
                (a2, b2) = (Vector512.FusedMultiplyAdd(x, r0, a2), Vector512.FusedMultiplyAdd(x, r1, b2));
                x = Vector512.Create(l[3 * rowStep]);
                (a3, b3) = (Vector512.FusedMultiplyAdd(x, r0, a3), Vector512.FusedMultiplyAdd(x, r1, b3));
                x = Vector512.Create(l[4 * rowStep]);
                (a4, b4) = (Vector512.FusedMultiplyAdd(x, r0, a4), Vector512.FusedMultiplyAdd(x, r1, b4));
                x = Vector512.Create(l[5 * rowStep]);
                (a5, b5) = (Vector512.FusedMultiplyAdd(x, r0, a5), Vector512.FusedMultiplyAdd(x, r1, b5));
                x = Vector512.Create(l[6 * rowStep]);
                (a6, b6) = (Vector512.FusedMultiplyAdd(x, r0, a6), Vector512.FusedMultiplyAdd(x, r1, b6));
                x = Vector512.Create(l[7 * rowStep]);
                (a7, b7) = (Vector512.FusedMultiplyAdd(x, r0, a7), Vector512.FusedMultiplyAdd(x, r1, b7));
            }

            Finish(0, stride, a0, b0);
            Finish(1, stride, a1, b1);
            Finish(2, stride, a2, b2);
            Finish(3, stride, a3, b3);
            Finish(4, stride, a4, b4);
            Finish(5, stride, a5, b5);
            Finish(6, stride, a6, b6);
            Finish(7, stride, a7, b7);
        }

        private void Finish(int row, int stride, Vector512<float> low, Vector512<float> high)
        {
            long at = (long)row * stride;
            blend.Of(low, at).Store(@out + at);
            blend.Of(high, at + 16).Store(@out + at + 16);
        }
    }
}
