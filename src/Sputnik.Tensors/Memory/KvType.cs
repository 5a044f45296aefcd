namespace Sputnik.Tensors;

/// <summary>
/// How a <see cref="KvCache"/> stores a number. Rows are rounded when they are written, and every reader, the row itself in
/// its own step too, gets the rounded values: bits depend on the type, never on the company.
/// </summary>
public enum KvType
{
    /// <summary>float32, as computed. What training needs.</summary>
    F32,

    /// <summary>bfloat16, half the memory: 8 bits of mantissa.</summary>
    BF16,

    /// <summary>8 bits and one binary16 scale for 32 columns of a head, as GGUF's Q8_0: a good quarter of the memory.</summary>
    Q8_0,
}
