using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Numbers of tensor types in GGUF files. Source: ggml.h, ggml_type.</summary>
internal static class GgufType
{
    private static readonly Dictionary<uint, WeightFormat> Formats = new()
    {
        [0] = WeightFormat.F32,
        [1] = WeightFormat.F16,
        [2] = WeightFormat.Q4_0,
        [3] = WeightFormat.Q4_1,
        [6] = WeightFormat.Q5_0,
        [7] = WeightFormat.Q5_1,
        [8] = WeightFormat.Q8_0,
        [10] = WeightFormat.Q2_K,
        [11] = WeightFormat.Q3_K,
        [12] = WeightFormat.Q4_K,
        [13] = WeightFormat.Q5_K,
        [14] = WeightFormat.Q6_K,
        [20] = WeightFormat.IQ4_NL,
        [23] = WeightFormat.IQ4_XS,
        [30] = WeightFormat.BF16,
        [34] = WeightFormat.TQ1_0,
        [35] = WeightFormat.TQ2_0,
        [39] = WeightFormat.MXFP4,
    };

    // Known by name, and why a file that uses them cannot be run.
    private static readonly Dictionary<uint, string> Others = new()
    {
        [9] = "Q8_1",
        [15] = "Q8_K",
        [16] = "IQ2_XXS",
        [17] = "IQ2_XS",
        [18] = "IQ3_XXS",
        [19] = "IQ1_S",
        [21] = "IQ3_S",
        [22] = "IQ2_S",
        [24] = "I8",
        [25] = "I16",
        [26] = "I32",
        [27] = "I64",
        [28] = "F64",
        [29] = "IQ1_M",
    };

    /// <summary>The format of a type.</summary>
    /// <exception cref="NotSupportedException">It is none of ours; says which are.</exception>
    public static WeightFormat Format(uint type, string tensor) => Formats.TryGetValue(type, out WeightFormat format)
        ? format
        : throw new NotSupportedException(
            $"{tensor} is stored as {Others.GetValueOrDefault(type, $"type {type}")}, which is not supported. Supported are {string.Join(", ", Formats.Values.Select(f => f.Name()))}.");

    /// <summary>The type of a format; null where GGUF has none.</summary>
    public static uint? Of(WeightFormat format) =>
        Formats.ContainsValue(format) ? Formats.First(pair => pair.Value == format).Key : null;
}
