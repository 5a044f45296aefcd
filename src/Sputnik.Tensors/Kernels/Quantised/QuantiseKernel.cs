using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Rows to 8 bits: d = max |x| / 127 over 32 neighbours, q = x · (1 / d) rounded to the nearest, ties to even; all zeros
/// where d is 0 or 1 / d is not finite. A NaN or infinity in the block makes d NaN and so every product of it.
/// </summary>
internal static unsafe class QuantiseKernel
{
    private const float Largest = 127;

    /// <summary>The definition of one block: 32 codes, two sums; returns d.</summary>
    public static float Scalar(float* x, sbyte* codes, int* sums)
    {
        float max = 0;
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            max = MathF.Max(max, MathF.Abs(x[i]));
        }

        float d = max / Largest;
        float inverse = 1 / d;
        bool codable = float.IsFinite(inverse) && float.IsFinite(d);
        (sums[0], sums[1]) = (0, 0);
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            codes[i] = codable ? (sbyte)MathF.Round(x[i] * inverse) : (sbyte)0;
            sums[i / QuantisedRows.SumValues] += codes[i];
        }

        return float.IsFinite(max) ? d : float.NaN;
    }

    /// <summary>The same, 16 values at a time.</summary>
    public static float Simd(float* x, sbyte* codes, int* sums)
    {
        Vector512<float> low = Vector512.Load(x), high = Vector512.Load(x + 16);
        Vector512<float> max = Vector512.Max(Vector512.Abs(low), Vector512.Abs(high));
        float largest = Max(max);
        float d = largest / Largest;
        float inverse = 1 / d;
        if (!float.IsFinite(inverse) || !float.IsFinite(d))
        {
            new Span<sbyte>(codes, QuantisedRows.BlockValues).Clear();
            (sums[0], sums[1]) = (0, 0);
            return float.IsFinite(largest) ? d : float.NaN;
        }

        Vector512<int> first = Vector512.ConvertToInt32(Vector512.Round(low * inverse));
        Vector512<int> second = Vector512.ConvertToInt32(Vector512.Round(high * inverse));
        Vector512<short> both = Vector512.Narrow(first, second);
        Vector256.Narrow(both.GetLower(), both.GetUpper()).Store(codes);
        sums[0] = Vector512.Sum(first);
        sums[1] = Vector512.Sum(second);
        return d;
    }

    /// <summary>Rows [rows, cols], cols a multiple of 32.</summary>
    public static void Rows(float* x, int start, int end, QuantisedRows to)
    {
        for (int row = start; row < end; row++)
        {
            float* from = x + ((long)row * to.Cols);
            sbyte* codes = to.Codes(row);
            float* scales = to.Scales(row);
            int* sums = to.Sums(row);
            for (int block = 0; block < to.Cols / QuantisedRows.BlockValues; block++)
            {
                scales[block] = Simd(from + (block * 32), codes + (block * 32), sums + (block * 2));
            }
        }
    }

    // Exact whatever the order; a NaN anywhere stays one, as MathF.Max keeps it.
    private static float Max(Vector512<float> lanes)
    {
        Vector256<float> eight = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }
}
