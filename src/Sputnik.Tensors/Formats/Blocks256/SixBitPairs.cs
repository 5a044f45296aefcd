namespace Sputnik.Tensors;

/// <summary>
/// Eight scales s and eight minima m of 6 bits in 12 bytes, as Q4_K and Q5_K keep them. Byte k &lt; 4: s of k, above it the
/// high two bits of s of k + 4; byte 4 + k: the same of m; byte 8 + k: the low four of s of k + 4, above them those of m.
/// </summary>
internal static unsafe class SixBitPairs
{
    /// <summary>Scale and minimum of part k.</summary>
    public static (int Scale, int Min) Get(byte* packed, int k) => k < 4
        ? (packed[k] & 63, packed[k + 4] & 63)
        : ((packed[k + 4] & 15) | (packed[k - 4] >> 6 << 4), (packed[k + 4] >> 4) | (packed[k] >> 6 << 4));

    /// <summary>The twelve bytes of eight pairs.</summary>
    public static void Put(LinedParts.Pair* pairs, byte* packed)
    {
        for (int k = 0; k < 4; k++)
        {
            (int scale, int min) = pairs[k];
            (int laterScale, int laterMin) = pairs[k + 4];
            packed[k] = (byte)(scale | (laterScale >> 4 << 6));
            packed[k + 4] = (byte)(min | (laterMin >> 4 << 6));
            packed[k + 8] = (byte)((laterScale & 15) | ((laterMin & 15) << 4));
        }
    }

    /// <summary>All of them as the scales and minima of a block.</summary>
    public static void Split(byte* packed, BlockParts* parts)
    {
        for (int k = 0; k < 8; k++)
        {
            (int scale, int min) = Get(packed, k);
            parts->Scales[k] = (sbyte)scale;
            parts->Mins[k] = (byte)min;
        }
    }
}
