using System.Numerics;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// From logits to affinities, chosen experts and weights. A row's choice depends on its own logits only; equal scores go to
/// the lower index. Source: DeepSeek-V3 (arXiv 2412.19437) §2.1.2, eq. 12-16, and its published inference code.
/// </summary>
internal static unsafe class RouteKernel
{
    // Keeps 0 / 0 out of the weights where every affinity has underflowed.
    private const float Smallest = 1e-20f;

    /// <summary>s = σ(x), element by element, or the softmax of every row. [rows, experts]</summary>
    public static void Affinities(float* x, float* s, int rows, RouteShape shape)
    {
        if (shape.Sigmoid)
        {
            Sigmoid(x, s, rows * shape.Experts);
            return;
        }

        for (int row = 0; row < rows; row++, x += shape.Experts, s += shape.Experts)
        {
            Softmax(x, s, shape.Experts);
        }
    }

    /// <summary>The top k of s + bias among the best groups, ascending. [experts] → [top k]</summary>
    public static void Choose(float* s, float* bias, RouteShape shape, int* chosen)
    {
        int padded = Padded(shape.Experts);
        float* scores = stackalloc float[padded];
        for (int i = 0; i < padded; i++)
        {
            float score = i >= shape.Experts ? float.NegativeInfinity : bias == null ? s[i] : s[i] + bias[i];

            // A broken row must not break the order, or it would be sent to more than k.
            scores[i] = float.IsNaN(score) ? float.NegativeInfinity : score;
        }

        if (shape.GroupsKept < shape.Groups)
        {
            CloseGroups(scores, bias != null, shape);
        }

        for (int i = 0, k = 0; k < shape.TopK; i++)
        {
            // Written in any case and kept if it is among the best: a branch would be guessed wrong half the time.
            chosen[k] = i;
            k += Better(scores, padded, i) < shape.TopK ? 1 : 0;
        }
    }

    /// <summary>w = s of the chosen, divided by their sum if asked, times the scaling. [top k]</summary>
    public static void Weigh(float* s, int* chosen, RouteShape shape, float* w)
    {
        float sum = shape.Normalise ? Sum(s, chosen, shape.TopK) : 1;
        for (int k = 0; k < shape.TopK; k++)
        {
            w[k] = s[chosen[k]] / sum * shape.Scaling;
        }
    }

    /// <summary>
    /// ds += the weights' gradient: without normalising dwₖ · scaling; with it scaling / Σ · (dwₖ − Σⱼ dwⱼ sⱼ / Σ).
    /// </summary>
    public static void WeighBackward(float* s, int* chosen, float* dw, RouteShape shape, float* ds)
    {
        float sum = shape.Normalise ? Sum(s, chosen, shape.TopK) : 1;
        float mean = 0;
        for (int k = 0; shape.Normalise && k < shape.TopK; k++)
        {
            mean = MathF.FusedMultiplyAdd(dw[k], s[chosen[k]] / sum, mean);
        }

        for (int k = 0; k < shape.TopK; k++)
        {
            ds[chosen[k]] += shape.Scaling / sum * (dw[k] - mean);
        }
    }

    /// <summary>dx += ds · s (1 − s) for sigmoids, s (ds − Σⱼ dsⱼ sⱼ) for a softmax. [experts]</summary>
    public static void AffinitiesBackward(float* s, float* ds, RouteShape shape, float* dx)
    {
        float mean = shape.Sigmoid ? 0 : DotKernel.Simd(ds, s, shape.Experts);
        for (int i = 0; i < shape.Experts; i++)
        {
            dx[i] += shape.Sigmoid ? ds[i] * (s[i] * (1 - s[i])) : s[i] * (ds[i] - mean);
        }
    }

    private static void Sigmoid(float* x, float* s, int count)
    {
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Elementary.Sigmoid(Vector512.Load(x + i)).Store(s + i);
        }

        for (; i < count; i++)
        {
            s[i] = Elementary.Sigmoid(x[i]);
        }
    }

    private static void Softmax(float* x, float* s, int count)
    {
        float max = MaxKernel.Simd(x, count);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Elementary.Exp(Vector512.Load(x + i) - Vector512.Create(max)).Store(s + i);
        }

        for (; i < count; i++)
        {
            s[i] = Elementary.Exp(x[i] - max);
        }

        float sum = SumKernel.Simd(s, count);
        for (i = 0; i < count; i++)
        {
            s[i] /= sum;
        }
    }

    /// <summary>
    /// Keeps the groups with the highest sum of their two best scores; without a bias, the highest best score. The others
    /// become −∞: with negative scores a mask of 0 would let them win.
    /// </summary>
    private static void CloseGroups(float* scores, bool sumOfTwo, RouteShape shape)
    {
        int padded = Padded(shape.Groups);
        float* groups = stackalloc float[padded];
        for (int g = 0; g < padded; g++)
        {
            groups[g] = g < shape.Groups
                ? GroupScore(scores + (g * shape.GroupSize), shape.GroupSize, sumOfTwo)
                : float.NegativeInfinity;
        }

        for (int g = 0; g < shape.Groups; g++)
        {
            if (Better(groups, padded, g) >= shape.GroupsKept)
            {
                new Span<float>(scores + (g * shape.GroupSize), shape.GroupSize).Fill(float.NegativeInfinity);
            }
        }
    }

    private static float GroupScore(float* scores, int count, bool sumOfTwo)
    {
        float first = float.NegativeInfinity, second = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            second = MathF.Max(second, MathF.Min(first, scores[i]));
            first = MathF.Max(first, scores[i]);
        }

        return sumOfTwo && count > 1 ? first + second : first;
    }

    /// <summary>How many scores come before score i: higher ones, and equal ones of a lower index.</summary>
    private static int Better(float* scores, int padded, int i)
    {
        int better = 0;
        Vector512<float> score = Vector512.Create(scores[i]);
        for (int j = 0; j < padded; j += Lanes.Width)
        {
            Vector512<float> other = Vector512.Load(scores + j);
            Vector512<float> equal = Vector512.Equals(other, score) & Lanes.First(i - j);
            Vector512<float> before = Vector512.GreaterThan(other, score) | equal;
            better += BitOperations.PopCount(before.ExtractMostSignificantBits());
        }

        return better;
    }

    private static int Padded(int count) => (count + Lanes.Width - 1) & ~(Lanes.Width - 1);

    private static float Sum(float* s, int* chosen, int count)
    {
        float sum = 0;
        for (int k = 0; k < count; k++)
        {
            sum += s[chosen[k]];
        }

        return sum + Smallest;
    }
}
