using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The fingerprint of a model: equal if and only if every bit of every weight is.</summary>
public static class WeightHash
{
    // Bytes of a span are counted in int, so a large weight is hashed in parts.
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
            for (Span<float> rest = weight.Values; rest.Length > 0; rest = rest[Math.Min(PartFloats, rest.Length)..])
            {
                hash.AppendData(MemoryMarshal.AsBytes(rest[..Math.Min(PartFloats, rest.Length)]));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
