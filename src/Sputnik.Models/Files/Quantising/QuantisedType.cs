using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A type of GGUF file: a format for most tensors and a mix that gives some of them another (<see cref="TypeMix"/>).</summary>
/// <param name="Name">As quantisers spell it, in capitals.</param>
/// <param name="Number">general.file_type. Source: llama.h, llama_ftype.</param>
/// <param name="Format">The format of most tensors.</param>
/// <param name="About">What it is for.</param>
public sealed record QuantisedType(string Name, int Number, WeightFormat Format, string About)
{
    /// <summary>Every type that can be written.</summary>
    public static IReadOnlyList<QuantisedType> All { get; } =
    [
        new("F32", 0, WeightFormat.F32, "float32"),
        new("F16", 1, WeightFormat.F16, "float16"),
        new("BF16", 32, WeightFormat.BF16, "bfloat16, as models are published"),
        new("Q8_0", 7, WeightFormat.Q8_0, "8 bits, hardly to be told from float16"),
        new("Q6_K", 18, WeightFormat.Q6_K, "6 bits"),
        new("Q5_K_M", 17, WeightFormat.Q5_K, "5 bits, more for the sensitive tensors"),
        new("Q5_K_S", 16, WeightFormat.Q5_K, "5 bits"),
        new("Q4_K_M", 15, WeightFormat.Q4_K, "4 bits, more for the sensitive tensors: the usual choice"),
        new("Q4_K_S", 14, WeightFormat.Q4_K, "4 bits"),
        new("Q3_K_L", 13, WeightFormat.Q3_K, "3 bits, 5 for the sensitive tensors"),
        new("Q3_K_M", 12, WeightFormat.Q3_K, "3 bits, 4 for the sensitive tensors"),
        new("Q3_K_S", 11, WeightFormat.Q3_K, "3 bits"),
        new("Q2_K", 10, WeightFormat.Q2_K, "2 bits, 3 for the sensitive tensors"),
        new("Q4_0", 2, WeightFormat.Q4_0, "4 bits, simple and fast"),
        new("Q4_1", 3, WeightFormat.Q4_1, "4 bits with a minimum"),
        new("Q5_0", 8, WeightFormat.Q5_0, "5 bits, simple"),
        new("Q5_1", 9, WeightFormat.Q5_1, "5 bits with a minimum"),
        new("IQ4_NL", 25, WeightFormat.IQ4_NL, "4 bits, levels denser around zero"),
        new("IQ4_XS", 30, WeightFormat.IQ4_XS, "the same in 256s, a little smaller"),
        new("TQ1_0", 36, WeightFormat.TQ1_0, "-1, 0, 1 in 1.7 bits, for models trained so"),
        new("TQ2_0", 37, WeightFormat.TQ2_0, "-1, 0, 1 in 2 bits, for models trained so"),
        new("MXFP4_MOE", 38, WeightFormat.MXFP4, "4-bit floats for the experts, 8 bits for the rest"),
    ];

    /// <summary>The type of a name, in capitals or not; mxfp4 means mxfp4_moe.</summary>
    /// <exception cref="ArgumentException">There is none; says which there are.</exception>
    public static QuantisedType Parse(string name)
    {
        string known = string.Equals(name, "mxfp4", StringComparison.OrdinalIgnoreCase) ? "MXFP4_MOE" : name;
        return All.FirstOrDefault(type => string.Equals(type.Name, known, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no type '{name}'; {string.Join(", ", All.Select(type => type.Name.ToLowerInvariant()))} can be written.", nameof(name));
    }

    /// <summary>Nothing rounded.</summary>
    internal static QuantisedType Plain { get; } = Parse("F32");

    /// <summary>The unrounded type of a format; null where it is another.</summary>
    internal static QuantisedType? Unrounded(WeightFormat format) => All.FirstOrDefault(type => type.Format == format && !type.IsQuantised);

    /// <summary>Whether values lose more than a rounding.</summary>
    internal bool IsQuantised => Format.BlockValues() > 1;
}
