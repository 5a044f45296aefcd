namespace Sputnik.Tensors;

/// <summary>A block of a coded format taken apart: <see cref="ICodedFormat{TSelf}"/>.</summary>
internal unsafe struct BlockParts
{
    /// <summary>Code of every value.</summary>
    public fixed byte Codes[256];

    /// <summary>s of every part of 16 or 32 values, in order.</summary>
    public fixed sbyte Scales[16];

    /// <summary>m of every part.</summary>
    public fixed byte Mins[16];

    /// <summary>D as its 16 bits: binary16, or bfloat16 where the format's range needs it.</summary>
    public ushort D;

    /// <summary>M likewise.</summary>
    public ushort M;
}
