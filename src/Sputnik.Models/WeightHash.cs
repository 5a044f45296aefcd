using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The fingerprint of a model: equal if and only if every bit of every weight is.</summary>
public static class WeightHash
{
    // A stored weight is decoded in parts and never stands in memory whole.
    private const int PartFloats = 1 << 20;

    /// <summary>SHA-256 over name, shape and values of all weights in the model's order; 64 lower-case hex digits.</summary>
    public static string Of(ILanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> shape = stackalloc byte[12];
        foreach (Weight weight in model.Weights)
        {
            byte[] name = Encoding.UTF8.GetBytes(weight.Name);
            BinaryPrimitives.WriteInt32LittleEndian(shape, name.Length);
            BinaryPrimitives.WriteInt32LittleEndian(shape[4..], weight.Out);
            BinaryPrimitives.WriteInt32LittleEndian(shape[8..], weight.In);
            hash.AppendData(shape);
            hash.AppendData(name);
            int step = Math.Max(1, PartFloats / weight.In);
            for (int row = 0; row < weight.Out; row += step)
            {
                float[] values = new float[Math.Min(step, weight.Out - row) * weight.In];
                weight.ReadRows(row, values);
                hash.AppendData(MemoryMarshal.AsBytes<float>(values));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
