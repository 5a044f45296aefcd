using System.Runtime.CompilerServices;
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

    // The same, all 16 values at a time.
    private static float Simd(float* x, sbyte* codes, int* sum)
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

        Vector512<float> rounded = Vector512.Round(values * inverse);
        Store(rounded, codes);
        *sum = (int)Vector512.Sum(rounded);
        return d;
    }

    // The same for 16 blocks, each in a lane of its own: no draw waits for lanes to meet.
    [SkipLocalsInit]
    private static void Sixteen(float* x, sbyte* codes, float* scales, int* sums)
    {
        float* values = stackalloc float[Lanes.Width * QuantisedRows.BlockValues];
        for (int i = 0; i < Lanes.Width * QuantisedRows.BlockValues; i += 4 * QuantisedRows.BlockValues)
        {
            for (int at = 0; at < QuantisedRows.BlockValues; at += 4)
            {
                Lanes.Transpose(x + i + at, QuantisedRows.BlockValues, values + (at * Lanes.Width) + (i / QuantisedRows.BlockValues), Lanes.Width);
            }
        }

        Vector512<float> inverse = Inverse(values, scales);
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            sum += Code(Vector512.Load(values + (i * Lanes.Width)), inverse);
        }

        Vector512.ConvertToInt32(sum).Store(sums);
        float* factors = (float*)&inverse;
        for (int block = 0; block < Lanes.Width; block++, x += QuantisedRows.BlockValues, codes += QuantisedRows.BlockValues)
        {
            Store(Code(Vector512.Load(x), Vector512.Create(factors[block])), codes);
        }
    }

    // 1 / d of 16 blocks, 0 where all codes are 0; d goes to scales.
    private static Vector512<float> Inverse(float* values, float* scales)
    {
        Vector512<float> max = Vector512<float>.Zero, infinity = Vector512.Create(float.PositiveInfinity);
        for (int i = 0; i < QuantisedRows.BlockValues; i++)
        {
            max = Vector512.Max(max, Vector512.Abs(Vector512.Load(values + (i * Lanes.Width))));
        }

        Vector512<float> finite = Vector512.LessThan(max, infinity);
        Vector512<float> codable = finite & Vector512.LessThan(Vector512<float>.One / (max / Largest), infinity);
        Vector512<float> least = infinity, inverse = Vector512<float>.Zero, d = Vector512<float>.Zero;
        for (int n = 0; n < Tries; n++)
        {
            Vector512<float> scale = max / (Largest - (n * Step));
            Vector512<float> factor = Vector512<float>.One / scale;
            Vector512<float> error = ((Four(values, 0, factor) + Four(values, 2, factor)) + (Four(values, 1, factor) + Four(values, 3, factor))) * (scale * scale);
            Vector512<float> better = codable & Vector512.LessThan(error, least);
            least = Vector512.ConditionalSelect(better, error, least);
            inverse = Vector512.ConditionalSelect(better, factor, inverse);
            d = Vector512.ConditionalSelect(better, scale, d);
        }

        Vector512.ConditionalSelect(finite, d, Vector512.Create(float.NaN)).Store(scales);
        return inverse;
    }

    // Errors of the values that meet in lane i of four, by the tree of Lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Four(float* values, int i, Vector512<float> factor) =>
        (Square(values, i, factor) + Square(values, i + 8, factor)) + (Square(values, i + 4, factor) + Square(values, i + 12, factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Square(float* values, int i, Vector512<float> factor)
    {
        Vector512<float> error = Vector512.Load(values + (i * Lanes.Width)) * factor;
        error -= Vector512.Round(error);
        return error * error;
    }

    // What is not finite has a factor of 0 and the code 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Code(Vector512<float> values, Vector512<float> factor) =>
        Vector512.AndNot(Vector512.Round(values * factor), Vector512.Equals(factor, Vector512<float>.Zero));

    private static void Store(Vector512<float> codes, sbyte* to)
    {
        Vector512<int> whole = Vector512.ConvertToInt32(codes);
        Vector256<short> words = Vector256.Narrow(whole.GetLower(), whole.GetUpper());
        Vector128.Narrow(words.GetLower(), words.GetUpper()).Store(to);
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
            int blocks = to.Cols / QuantisedRows.BlockValues, block = 0;
            for (; block + Lanes.Width <= blocks; block += Lanes.Width)
            {
                int at = block * QuantisedRows.BlockValues;
                Sixteen(from + at, codes + at, scales + block, sums + block);
            }

            for (; block < blocks; block++)
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
