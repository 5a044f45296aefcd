using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// DeepSeek-V3's published weights: w = e4m3 · scale, one float32 scale for every 128 × 128 of them, which the file calls
/// weight_scale_inv although it multiplies. Source: DeepSeek-V3 (arXiv 2412.19437) §3.3 and its inference code.
/// </summary>
internal static class Float8Blocks
{
    /// <summary>Rows and columns that share a scale; the last ones may be fewer.</summary>
    public const int Side = 128;

    /// <summary>What the name of a weight's scales ends with.</summary>
    public const string Suffix = "_scale_inv";

    /// <summary>The weight in float32, each value rounded once: in the product.</summary>
    public static Weight Decode(WeightDeclaration declaration, FolderTensor codes, FolderTensor scales)
    {
        Weight weight = WeightSet.Zero(declaration);
        DecodeRows(declaration, codes, scales, 0, weight.Values);
        return weight;
    }

    /// <summary>Some of its rows, from one on.</summary>
    public static void DecodeRows(WeightDeclaration declaration, FolderTensor codes, FolderTensor scales, long row, Span<float> to)
    {
        int across = Blocks(declaration.In);
        long[] expected = [Blocks(declaration.Out), across];
        if (scales.Format is not WeightFormat.F32 || !scales.Entry.Shape.SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"{scales.Place} must be F32 [{string.Join(", ", expected)}], is {scales.Entry.Type} [{string.Join(", ", scales.Entry.Shape)}].");
        }

        using Weight factors = scales.Weight(Blocks(declaration.Out), across);
        ReadOnlySpan<float> factor = factors.Values;
        byte[] stored = new byte[to.Length];
        codes.Stored.CopyTo(row * declaration.In, stored);
        WeightFormats.Decode(WeightFormat.F8E4M3, stored, to);
        for (int i = 0; i < to.Length / declaration.In; i++)
        {
            for (int block = 0; block < across; block++)
            {
                int from = block * Side;
                foreach (ref float value in to.Slice((i * declaration.In) + from, Math.Min(Side, declaration.In - from)))
                {
                    value *= factor[(int)((row + i) / Side * across) + block];
                }
            }
        }
    }

    private static int Blocks(int size) => (size + Side - 1) / Side;
}
