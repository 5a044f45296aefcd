using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Writes float32 weights as a safetensors file.</summary>
public static class SafetensorsWriter
{
    // The header is padded so that the data starts aligned, as the format's own library does.
    private const int Alignment = 8;
    private const int PartFloats = 1 << 20;

    /// <summary>Header, then every weight in the order given.</summary>
    public static void Write(Stream stream, IReadOnlyList<Weight> weights, IReadOnlyList<WeightDeclaration> declarations)
    {
        byte[] header = Header(declarations);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Weight weight in weights)
        {
            for (Span<float> rest = weight.Values; rest.Length > 0; rest = rest[Math.Min(PartFloats, rest.Length)..])
            {
                stream.Write(MemoryMarshal.AsBytes(rest[..Math.Min(PartFloats, rest.Length)]));
            }
        }
    }

    private static byte[] Header(IReadOnlyList<WeightDeclaration> declarations)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            // Other software refuses a file that does not say whose conventions it follows.
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (WeightDeclaration declaration in declarations)
            {
                WriteEntry(json, declaration, offset);
                offset += declaration.Count * sizeof(float);
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, WeightDeclaration declaration, long offset)
    {
        json.WriteStartObject(declaration.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (long dimension in declaration.FileShape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + (declaration.Count * sizeof(float)));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
