using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Makes GGUF files of published shapes with random weights: speed does not depend on the values.</summary>
internal static class MakeVerb
{
    // So many rows are encoded; a tensor repeats them.
    private const int EncodedRows = 64;

    /// <summary>Runs the verb: shape, type, a file whose vocabulary the model gets, path.</summary>
    public static int Run(string shape, string type, string vocabulary, string path)
    {
        MadeShape made = shape switch
        {
            "qwen2-1.5b" => MadeShape.Qwen2(GgufFile.Open(vocabulary)),
            "deepseek-1b" => MadeShape.DeepSeek(GgufFile.Open(vocabulary)),
            _ => throw new ArgumentException($"There is no shape '{shape}': qwen2-1.5b and deepseek-1b are."),
        };
        GgufWriter.Write(path, made.Metadata, [.. made.Tensors.Select(tensor => Source(tensor, Format(tensor, type)))]);
        Console.WriteLine($"{path}: {new FileInfo(path).Length / 1e9:F2} GB");
        return 0;
    }

    // llama.cpp's mixes: vectors and gates in float32; Q4_K_M keeps the head, values and half of the downs in Q6_K.
    private static WeightFormat Format(MadeTensor tensor, string type)
    {
        if (tensor.Dimensions.Count == 1 || tensor.Name.Contains("gate_inp", StringComparison.Ordinal))
        {
            return WeightFormat.F32;
        }

        if (!string.Equals(type, "Q4_K_M", StringComparison.OrdinalIgnoreCase))
        {
            return WeightFormats.TryParse(type, out WeightFormat format)
                ? tensor.IsHead && format is WeightFormat.Q4_0 or WeightFormat.Q4_K ? WeightFormat.Q6_K : format
                : throw new ArgumentException($"There is no type '{type}'.");
        }

        // Rows that are no whole blocks of 256 become the nearest type of 32.
        return tensor.Dimensions[0] % 256 != 0 ? WeightFormat.Q5_0 : tensor.IsHead || tensor.IsFine ? WeightFormat.Q6_K : WeightFormat.Q4_K;
    }

    private static GgufSource Source(MadeTensor tensor, WeightFormat format) => new(tensor.Name, tensor.Dimensions, format, stream =>
    {
        int cols = (int)tensor.Dimensions[0];
        long rows = tensor.Dimensions.Skip(1).Aggregate(1L, (a, b) => a * b);
        int encoded = (int)Math.Min(rows, EncodedRows);
        float[] values = new float[encoded * cols];
        CounterRandom random = new(1, tensor.Name);
        foreach (ref float value in values.AsSpan())
        {
            value = tensor.Dimensions.Count == 1 ? 1 : random.NextNormal() / MathF.Sqrt(cols);
        }

        byte[] blocks = new byte[encoded * format.RowBytes(cols)];
        WeightFormats.Encode(format, values, blocks);
        long left = rows * format.RowBytes(cols);
        for (; left > 0; left -= Math.Min(left, blocks.Length))
        {
            stream.Write(blocks.AsSpan(0, (int)Math.Min(left, blocks.Length)));
        }
    });
}
