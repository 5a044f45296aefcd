using System.Globalization;
using System.Runtime.InteropServices;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Tensors;

/// <summary>
/// Rows ggml quantised, and what it makes of them. The files are not part of this repository; where they do not lie beside
/// it a test says that it was skipped.
/// </summary>
internal static class GoldenBlocks
{
    /// <summary>Columns of a row.</summary>
    public const int Cols = 1024;

    private static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "golden", "blocks");

    /// <summary>The formats there are files of.</summary>
    public static IEnumerable<WeightFormat> Formats => WeightFormats.All.Except([WeightFormat.F32, WeightFormat.F8E4M3]);

    /// <summary>The rows before quantisation; the first is zero.</summary>
    public static float[] Source() => Floats("source.f32");

    /// <summary>The quantised rows.</summary>
    public static byte[] Blocks(WeightFormat format) => File.ReadAllBytes(PathOf(Spelling(format) + ".bin"));

    /// <summary>Their values.</summary>
    public static float[] Values(WeightFormat format) => Floats(Spelling(format) + ".f32");

    /// <summary>What ggml says of a format: values and bytes of a block, bytes of a row, √(Σ(x − y)² / Σx²).</summary>
    public static (int Values, int Bytes, int RowBytes, double Error) Figures(WeightFormat format)
    {
        string[] words = File.ReadLines(PathOf("figures.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(line => line[0] == Spelling(format));
        string After(string word) => words[Array.IndexOf(words, word) + 1];
        int Whole(string word) => int.Parse(After(word), CultureInfo.InvariantCulture);
        return (Whole("block"), Whole("bytes"), Whole("row_bytes"), double.Parse(After("rel_rmse"), CultureInfo.InvariantCulture));
    }

    /// <summary>√(Σ(x − y)² / Σx²).</summary>
    public static double Error(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double off = 0;
        double whole = 0;
        for (int i = 0; i < x.Length; i++)
        {
            off += ((double)x[i] - y[i]) * ((double)x[i] - y[i]);
            whole += (double)x[i] * x[i];
        }

        return Math.Sqrt(off / whole);
    }

    // ggml writes its type names small but for the K.
    private static string Spelling(WeightFormat format) => format.Name().ToLowerInvariant().Replace("_k", "_K", StringComparison.Ordinal);

    private static float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(name))).ToArray();

    private static string PathOf(string name)
    {
        Assert.SkipUnless(Directory.Exists(Folder), $"{Folder} is not there.");
        return Path.Combine(Folder, name);
    }
}
