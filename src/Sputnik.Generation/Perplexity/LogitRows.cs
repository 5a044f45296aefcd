using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>The logits of some positions in a row; valid until the reader that made them reads on.</summary>
/// <param name="First">Position of the first row.</param>
/// <param name="Logits">A row a position. [positions, vocabulary]</param>
public readonly record struct LogitRows(int First, Tensor Logits)
{
    /// <summary>Positions.</summary>
    public int Count => Logits.Rows;

    /// <summary>Logits of position First + <paramref name="row"/>. [vocabulary]</summary>
    public ReadOnlySpan<float> this[int row] => Logits[row];
}
