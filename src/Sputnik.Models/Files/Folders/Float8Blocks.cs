using System.Runtime.InteropServices;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// DeepSeek-V3's published weights: w = e4m3 · scale, one float32 scale for every 128 × 128 of them, which the file calls
/// weight_scale_inv although it multiplies. Source: DeepSeek-V3 (arXiv 2412.19437) §3.3 and its inference code. Scales that are
/// powers of two may be stored as such, in a byte (ue8m0).
/// </summary>
internal static class Float8Blocks
{
    /// <summary>What the name of a weight's scales ends with.</summary>
    public const string Suffix = "_scale_inv";

    /// <summary>The weight where it lies.</summary>
    public static Weight Weight(WeightDeclaration declaration, FolderTensor codes, FolderTensor scales)
    {
        long[] expected = [Blocks(declaration.Out), Blocks(declaration.In)];
        return scales.Entry.Type is "F32" or "F8_E8M0" && scales.Entry.Shape.SequenceEqual(expected)
            ? Tensors.Weight.Scaled(declaration.Name, declaration.Out, declaration.In, codes.Stored, Floats(scales))
            : throw new InvalidDataException(
                $"{scales.Place} must be F32 or F8_E8M0 [{string.Join(", ", expected)}], is {scales.Entry.Type} [{string.Join(", ", scales.Entry.Shape)}].");
    }

    private static StoredBytes Floats(FolderTensor scales)
    {
        if (scales.Entry.Type == "F32")
        {
            return scales.Stored;
        }

        byte[] bytes = new byte[scales.Stored.Length];
        scales.Stored.CopyTo(0, bytes);
        float[] values = [.. bytes.Select(E8M0.Decode)];
        return StoredBytes.Copy(MemoryMarshal.AsBytes<float>(values));
    }

    private static int Blocks(int size) => (size + Tensors.Weight.ScaledSide - 1) / Tensors.Weight.ScaledSide;
}
