namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Head by head y[r, h] = W[rows of h] · x[r, h]. The rows of head h in <paramref name="w"/> are
    /// h · stride + start … + count, stride = w.Out / heads. [rows, heads · In] → [rows, heads · count]
    /// </summary>
    public Tensor HeadProject(Tensor x, Weight w, int heads, int start, int count) => throw new NotImplementedException();

    /// <summary>The transposed product y[r, h] = W[rows of h]ᵀ · x[r, h].  [rows, heads · count] → [rows, heads · In]</summary>
    public Tensor HeadProjectTransposed(Tensor x, Weight w, int heads, int start, int count) => throw new NotImplementedException();
}
