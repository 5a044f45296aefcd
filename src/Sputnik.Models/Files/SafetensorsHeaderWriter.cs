using System.Buffers.Binary;
using System.Text.Json;

namespace Sputnik.Models;

/// <summary>Writes what stands before the data of a safetensors file: the length of the header, and the header.</summary>
internal static class SafetensorsHeaderWriter
{
    // The header is padded so that the data starts aligned, as the format's own library does.
    private const int Alignment = 8;

    /// <summary>Writes the entries; data follows in their order, without gaps.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="entries">Name, type as safetensors spells it, shape, bytes.</param>
    public static void Write(Stream stream, IEnumerable<(string Name, string Type, IReadOnlyList<long> Shape, long Bytes)> entries)
    {
        byte[] header = Header(entries);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
    }

    private static byte[] Header(IEnumerable<(string Name, string Type, IReadOnlyList<long> Shape, long Bytes)> entries)
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
            foreach ((string name, string type, IReadOnlyList<long> shape, long bytes) in entries)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                Numbers(json, "shape", shape);
                Numbers(json, "data_offsets", [offset, offset + bytes]);
                json.WriteEndObject();
                offset += bytes;
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
