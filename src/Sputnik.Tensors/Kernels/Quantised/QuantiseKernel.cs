using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Rows to 8 bits: for 16 neighbours q = x / d rounded to the nearest, ties to even, with that d of max |x| / 127,
/// max |x| / 126.75 … max |x| / 125.25 whose Σ (x − d · q)² is least, the first of equals. Rounding errors are chance, and
/// the best of eight draws is a quarter below their mean; a larger d costs a fortieth at most. All zeros where d is 0 or
/// 1 / d is not finite; a NaN or infinity in the block makes d NaN and so every product of it.
/// </summary>
internal static unsafe class QuantiseKernel
{
    private const float Largest = 127;
    private const float Step = 0.25f;
    private const int Tries = 8;

    /// <summary>The definition of one block: 16 codes and their sum; returns d.</summary>
    public static float Scalar(float* x, sbyte* codes, int* sum)
    {
        float max = 0;
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            max = MathF.Max(max, MathF.Abs(x[i]));
        }

        float least = float.PositiveInfinity, inverse = 0, d = 0;
        for (int n = 0; n < Tries && Codable(max); n++)
        {
            float scale = max / (Largest - (n * Step));
            float error = Error(x, 1 / scale) * (scale * scale);
            if (error < least)
            {
                (least, inverse, d) = (error, 1 / scale, scale);
            }
        }

        *sum = 0;
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            codes[i] = (sbyte)MathF.Round(inverse == 0 ? 0 : x[i] * inverse);
            *sum += codes[i];
        }

        return float.IsFinite(max) ? d : float.NaN;
    }

    /// <summary>The same, all 16 at a time.</summary>
    public static float Simd(float* x, sbyte* codes, int* sum)
    {
        Vector512<float> values = Vector512.Load(x);
        float max = Max(Vector512.Abs(values));
        float least = float.PositiveInfinity, inverse = 0, d = 0;
        for (int n = 0; n < Tries && Codable(max); n++)
        {
            float scale = max / (Largest - (n * Step));
            Vector512<float> error = values * (1 / scale);
            error -= Vector512.Round(error);
            float squares = Lanes.Sum(error * error) * (scale * scale);
            if (squares < least)
            {
                (least, inverse, d) = (squares, 1 / scale, scale);
            }
        }

        if (inverse == 0)
        {
            new Span<sbyte>(codes, QuantisedRows.BlockValues).Clear();
            *sum = 0;
            return float.IsFinite(max) ? 0 : float.NaN;
        }

        Vector512<int> rounded = Vector512.ConvertToInt32(Vector512.Round(values * inverse));
        Vector256<short> words = Vector256.Narrow(rounded.GetLower(), rounded.GetUpper());
        Vector128.Narrow(words.GetLower(), words.GetUpper()).Store(codes);
        *sum = Vector512.Sum(rounded);
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
                int at = block * QuantisedRows.BlockValues;
                scales[block] = Simd(from + at, codes + at, sums + block);
            }
        }
    }

    // Σ (x / d − q)², lanes by the tree.
    private static float Error(float* x, float inverse)
    {
        Span<float> lanes = stackalloc float[Lanes.Width];
        for (int i = 0; i < Lanes.Width; i++)
        {
            float error = x[i] * inverse;
            error -= MathF.Round(error);
            lanes[i] = error * error;
        }

        return Lanes.Sum(lanes);
    }

    private static bool Codable(float max) => float.IsFinite(max) && float.IsFinite(1 / (max / Largest));

    // Exact whatever the order; a NaN anywhere stays one, as MathF.Max keeps it.
    private static float Max(Vector512<float> lanes)
    {
        Vector256<float> eight = Vector256.Max(lanes.GetLower(), lanes.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
    }
}
