using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>y[r] = Σₖ w[r, k] · z[place of (r, k)], one fused chain in ascending k; and back.</summary>
internal static unsafe class MixKernel
{
    /// <summary>The sum over each row's choices. [choices, cols] → [rows, cols]</summary>
    public static void Forward(Workers workers, ExpertRows sorted, Tensor weights, Tensor z, Tensor y) =>
        workers.Share(new ForwardJob(sorted.Places, weights, z, y), y.Rows, (long)y.Cols * weights.Cols);

    /// <summary>dz[place] = w · dy[row]; dw[row, k] += dy[row] · z[place]; the other gradients of the place become 0.</summary>
    public static void Backward(Workers workers, ExpertRows sorted, in MixGradient g) =>
        workers.Share(new BackwardJob(sorted.Places, g), g.Dy.Rows, (long)g.Dy.Cols * g.Weights.Cols);

    /// <summary>dx[row] += Σₖ dz[place of (row, k)], k ascending.</summary>
    public static void Return(Workers workers, ExpertRows sorted, int topK, Tensor dz, Tensor dx) =>
        workers.Share(new ReturnJob(sorted.Places, topK, dz, dx), dx.Rows, (long)dx.Cols * topK);

    /// <summary>y = (first ? 0 : y) + w · z.</summary>
    private static void Add(float w, float* z, float* y, int cols, bool first)
    {
        int c = 0;
        Vector512<float> scale = Vector512.Create(w);
        for (; c <= cols - Lanes.Width; c += Lanes.Width)
        {
            Vector512<float> sum = first ? default : Vector512.Load(y + c);
            Vector512.FusedMultiplyAdd(scale, Vector512.Load(z + c), sum).Store(y + c);
        }

        for (; c < cols; c++)
        {
            y[c] = MathF.FusedMultiplyAdd(w, z[c], first ? 0 : y[c]);
        }
    }

    private readonly struct ForwardJob(int* places, Tensor weights, Tensor z, Tensor y) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                float* w = weights.RowAt(row);
                int* place = places + ((long)row * weights.Cols);
                for (int k = 0; k < weights.Cols; k++)
                {
                    Add(w[k], z.RowAt(place[k]), y.RowAt(row), y.Cols, first: k == 0);
                }
            }
        }
    }

    private readonly struct BackwardJob(int* places, MixGradient g) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                int* place = places + ((long)row * g.Weights.Cols);
                for (int k = 0; k < g.Weights.Cols; k++)
                {
                    Add(g.Weights.RowAt(row)[k], g.Dy.RowAt(row), g.D.Z.RowAt(place[k]), g.Dy.Cols, first: true);
                    g.DWeights.RowAt(row)[k] += DotKernel.Simd(g.Dy.RowAt(row), g.Z.RowAt(place[k]), g.Dy.Cols);
                    g.D.X[place[k]].Clear();
                    g.D.Gate[place[k]].Clear();
                    g.D.Up[place[k]].Clear();
                    g.D.Hidden[place[k]].Clear();
                }
            }
        }
    }

    private readonly struct ReturnJob(int* places, int topK, Tensor dz, Tensor dx) : IRangeJob
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                int* place = places + ((long)row * topK);
                for (int k = 0; k < topK; k++)
                {
                    AddKernel.Simd(dx.RowAt(row), dz.RowAt(place[k]), dx.RowAt(row), dx.Cols);
                }
            }
        }
    }
}
