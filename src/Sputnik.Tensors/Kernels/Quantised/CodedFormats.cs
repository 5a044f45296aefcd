namespace Sputnik.Tensors;

/// <summary>How each coded format stands in panels: the one place where its codes and scales are chosen.</summary>
internal static class CodedFormats
{
    /// <summary>Whether products with a format are summed in integers.</summary>
    public static bool IsCoded(this WeightFormat format) => format is >= WeightFormat.Q4_0;

    /// <summary>Does something with a coded format.</summary>
    public static void Apply<TUse>(WeightFormat format, ref TUse use)
        where TUse : struct, ICodedUse, allows ref struct
    {
        switch (format)
        {
            case WeightFormat.Q4_0: use.With<Q4_0, Bits4, FlatScales>(); break;
            case WeightFormat.Q4_1: use.With<Q4_1, Bits4, FlatMinScales>(); break;
            case WeightFormat.Q5_0: use.With<Q5_0, Bits41, FlatScales>(); break;
            case WeightFormat.Q5_1: use.With<Q5_1, Bits41, FlatMinScales>(); break;
            case WeightFormat.Q8_0: use.With<Q8_0, Bits8, FlatScales>(); break;
            case WeightFormat.IQ4_NL: use.With<IQ4_NL, Table4, FlatScales>(); break;
            case WeightFormat.MXFP4: use.With<MXFP4, Table4, FlatBrainScales>(); break;
            case WeightFormat.Q2_K: use.With<Q2_K, Bits2, SuperMinScales16>(); break;
            case WeightFormat.Q3_K: use.With<Q3_K, Bits21, SuperScales16>(); break;
            case WeightFormat.Q4_K: use.With<Q4_K, Bits4, SuperMinScales32>(); break;
            case WeightFormat.Q5_K: use.With<Q5_K, Bits41, SuperMinScales32>(); break;
            case WeightFormat.Q6_K: use.With<Q6_K, Bits42, SuperScales16>(); break;
            case WeightFormat.IQ4_XS: use.With<IQ4_XS, Table4, SuperScales32>(); break;
            case WeightFormat.TQ1_0: use.With<TQ1_0, Bits2, SuperScales>(); break;
            case WeightFormat.TQ2_0: use.With<TQ2_0, Bits2, SuperScales>(); break;
            default: throw new NotSupportedException($"Products with {format.Name()} are not summed in integers.");
        }
    }
}
