using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Tensors in their natural formats as safetensors: one file, or several with an index.</summary>
internal static class SafetensorsParts
{
    // The header is padded so that the data starts aligned, as the format's own library does.
    private const int Alignment = 8;

    /// <summary>Writes the files into a folder.</summary>
    public static void Write(string folder, IReadOnlyList<StoredRows> tensors, long most, RowWriter rows)
    {
        List<List<StoredRows>> parts = [[]];
        foreach (StoredRows tensor in tensors)
        {
            if (parts[^1].Count > 0 && parts[^1].Sum(Bytes) + Bytes(tensor) > most)
            {
                parts.Add([]);
            }

            parts[^1].Add(tensor);
        }

        for (int part = 0; part < parts.Count; part++)
        {
            List<StoredRows> own = parts[part];
            AtomicFile.Write(Path.Combine(folder, Name(part, parts.Count)), stream => Write(stream, own, rows));
        }

        if (parts.Count > 1)
        {
            AtomicFile.Write(Path.Combine(folder, ModelFolder.WeightsFile + ".index.json"), stream => Index(stream, parts));
        }
    }

    private static long Bytes(StoredRows tensor) => tensor.Rows * tensor.Natural.RowBytes(tensor.Cols);

    private static string Name(int part, int parts) => parts == 1
        ? ModelFolder.WeightsFile
        : string.Create(CultureInfo.InvariantCulture, $"model-{part + 1:D5}-of-{parts:D5}.safetensors");

    private static void Write(Stream stream, List<StoredRows> tensors, RowWriter rows)
    {
        byte[] header = Header(tensors);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (StoredRows tensor in tensors)
        {
            rows.Write(tensor, tensor.Natural, importance: null, stream);
        }
    }

    private static byte[] Header(List<StoredRows> tensors)
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
            foreach (StoredRows tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Natural.Name());
                Numbers(json, "shape", [.. tensor.Dimensions.Reverse()]);
                Numbers(json, "data_offsets", [offset, offset + Bytes(tensor)]);
                json.WriteEndObject();
                offset += Bytes(tensor);
            }

            json.WriteEndObject();
        }

        while (stream.Length % Alignment != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void Index(Stream stream, List<List<StoredRows>> parts)
    {
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", parts.Sum(part => part.Sum(Bytes)));
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        for (int part = 0; part < parts.Count; part++)
        {
            parts[part].ForEach(tensor => json.WriteString(tensor.Name, Name(part, parts.Count)));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        Array.ForEach(numbers, json.WriteNumberValue);
        json.WriteEndArray();
    }
}
