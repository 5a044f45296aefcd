namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// From each of <paramref name="groups"/> equal groups of columns, the <paramref name="count"/> columns from
    /// <paramref name="start"/>. [rows, groups · width] → [rows, groups · count]
    /// </summary>
    public Tensor Slice(Tensor x, int groups, int start, int count) => throw new NotImplementedException();

    /// <summary>
    /// Group by group a's columns, then b's. A <paramref name="b"/> of one group is repeated for every group of a
    /// (multi-head latent attention shares one RoPE key). [rows, groups · m], [rows, groups · n or n] → [rows, groups · (m + n)]
    /// </summary>
    /// <param name="a">First columns of every group.</param>
    /// <param name="b">Last columns of every group.</param>
    /// <param name="groups">Groups of a.</param>
    /// <param name="shared">b has one group, shared by all.</param>
    public Tensor Join(Tensor a, Tensor b, int groups, bool shared = false) => throw new NotImplementedException();
}
