namespace Sputnik.Tensors;

/// <summary>
/// One layer's share of a grouped product: <paramref name="rows"/> rows on the input side [rows, In] and on the output
/// side [rows, Out] of <paramref name="weight"/>. Which side is read and which written, the product says.
/// </summary>
/// <param name="input">x, or dx.</param>
/// <param name="rows">Rows; may be 0.</param>
/// <param name="weight">W [Out, In].</param>
/// <param name="output">y, or dy.</param>
internal readonly unsafe struct MatMulPart(float* input, int rows, Weight weight, float* output)
{
    /// <summary>x of a forward product and of a weight gradient, dx of an input gradient. [Rows, In]</summary>
    public float* Input => input;

    /// <summary>Rows; may be 0.</summary>
    public int Rows => rows;

    /// <summary>W [Out, In].</summary>
    public Weight Weight => weight;

    /// <summary>y of a forward product, dy of both gradients. [Rows, Out]</summary>
    public float* Output => output;
}
