using System.Globalization;
using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Tensors in their natural formats as safetensors: one file, or several with an index.</summary>
internal static class SafetensorsParts
{
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
        SafetensorsHeaderWriter.Write(stream, tensors.Select(t => (t.Name, t.Natural.Name(), (IReadOnlyList<long>)[.. t.Dimensions.Reverse()], Bytes(t))));
        foreach (StoredRows tensor in tensors)
        {
            rows.Write(tensor, tensor.Natural, importance: null, stream);
        }
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
}
