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
        float* scores = stackalloc float[shape.Experts];
        bool* open = stackalloc bool[shape.Experts];
        for (int i = 0; i < shape.Experts; i++)
        {
            scores[i] = bias == null ? s[i] : s[i] + bias[i];
            open[i] = true;
        }

        if (shape.GroupsKept < shape.Groups)
        {
            CloseGroups(scores, bias != null, shape, open);
        }

        bool* taken = stackalloc bool[shape.Experts];
        new Span<bool>(taken, shape.Experts).Clear();
        for (int k = 0; k < shape.TopK; k++)
        {
            int best = Best(scores, open, shape.Experts);
            open[best] = false;
            taken[best] = true;
        }

        for (int i = 0; i < shape.Experts; i++)
        {
            if (taken[i])
            {
                *chosen++ = i;
            }
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
    /// Leaves open the groups with the highest sum of their two best scores; without a bias, the highest best score. A
    /// closed group counts as −∞: with negative scores a mask of 0 would let it win.
    /// </summary>
    private static void CloseGroups(float* scores, bool sumOfTwo, RouteShape shape, bool* open)
    {
        float* groups = stackalloc float[shape.Groups];
        bool* left = stackalloc bool[shape.Groups];
        for (int g = 0; g < shape.Groups; g++)
        {
            float* group = scores + (g * shape.GroupSize);
            (float first, float second) = BestTwo(group, shape.GroupSize);
            groups[g] = sumOfTwo && shape.GroupSize > 1 ? first + second : first;
            left[g] = true;
        }

        new Span<bool>(open, shape.Experts).Clear();
        for (int kept = 0; kept < shape.GroupsKept; kept++)
        {
            int best = Best(groups, left, shape.Groups);
            left[best] = false;
            new Span<bool>(open + (best * shape.GroupSize), shape.GroupSize).Fill(true);
        }
    }

    private static (float First, float Second) BestTwo(float* scores, int count)
    {
        float first = float.NegativeInfinity, second = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            if (scores[i] > first)
            {
                second = first;
                first = scores[i];
            }
            else if (scores[i] > second)
            {
                second = scores[i];
            }
        }

        return (first, second);
    }

    // There is always an open one; the first is taken even if it is NaN, so that a broken row does not break the others.
    private static int Best(float* scores, bool* open, int count)
    {
        int best = -1;
        for (int i = 0; i < count; i++)
        {
            if (open[i] && (best < 0 || scores[i] > scores[best]))
            {
                best = i;
            }
        }

        return best;
    }

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
