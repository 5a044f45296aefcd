using System.Text.Json;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The tensors of a model folder, mapped: those of model.safetensors, or of the files its index names.</summary>
internal static class FolderTensors
{
    private const string Index = ModelFolder.WeightsFile + ".index.json";

    // Far above any published model: DeepSeek-V3 has 163.
    private const int MaxFiles = 10_000;

    /// <summary>All of them by name.</summary>
    /// <exception cref="FileNotFoundException">There are no weights.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or missing, or contradicts the index.</exception>
    public static Dictionary<string, FolderTensor> Open(string folder)
    {
        Dictionary<string, FolderTensor> tensors = new(StringComparer.Ordinal);
        string single = Path.Combine(folder, ModelFolder.WeightsFile);
        string index = Path.Combine(folder, Index);
        if (File.Exists(single) || !File.Exists(index))
        {
            Add(single, tensors);
            return tensors;
        }

        Dictionary<string, string> places = Places(index);
        foreach (string name in places.Values.Distinct())
        {
            string path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                throw new InvalidDataException($"{index} names '{name}', which is missing.");
            }

            Add(path, tensors);
        }

        foreach ((string tensor, string name) in places)
        {
            if (!tensors.TryGetValue(tensor, out FolderTensor? found) || Path.GetFileName(found.Path) != name)
            {
                throw new InvalidDataException($"{index} says that '{tensor}' lies in '{name}', which does not have it.");
            }
        }

        return tensors;
    }

    private static void Add(string path, Dictionary<string, FolderTensor> tensors)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        MappedFile mapped = MappedFile.Open(path);
        foreach (SafetensorsEntry entry in file.Entries)
        {
            if (!tensors.TryAdd(entry.Name, new(path, entry, mapped.Part(entry.Offset, entry.Bytes))))
            {
                throw new InvalidDataException($"{path}: '{entry.Name}' at offset {entry.Offset} is in {Path.GetFileName(tensors[entry.Name].Path)} too.");
            }
        }
    }

    private static Dictionary<string, string> Places(string index)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"{index} has no table 'weight_map'.");
            }

            Dictionary<string, string> places = map.EnumerateObject().ToDictionary(p => p.Name, p => FileName(p.Value, index), StringComparer.Ordinal);
            return places.Values.Distinct().Count() <= MaxFiles ? places : throw new InvalidDataException($"{index} names more than {MaxFiles} files.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{index}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What JsonElement throws for a string that is not UTF-8.
            throw new InvalidDataException($"{index}: {error.Message}", error);
        }
    }

    // A name with a folder in it could reach any file of the machine.
    private static string FileName(JsonElement value, string index) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } name
        && name.EndsWith(".safetensors", StringComparison.Ordinal) && name.AsSpan().IndexOfAny('/', '\\', ':') < 0
            ? name
            : throw new InvalidDataException($"{index}: a weight lies in a plain file name ending in .safetensors, not in {value.GetRawText()}.");
}
