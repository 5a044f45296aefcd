namespace Sputnik.Models;

/// <summary>What a GGUF file is or will be made of: metadata and tensors that are read when they are written.</summary>
public sealed class GgufContent
{
    internal GgufContent(string source, IReadOnlyDictionary<string, GgufValue> metadata, IEnumerable<StoredRows> tensors, IReadOnlyList<string>? files = null)
    {
        Files = files ?? [];
        Source = source;
        Metadata = metadata;

        // llama.cpp's order: what belongs to no block, then block by block, each by name.
        Tensors = [.. tensors.OrderBy(tensor => GgufNames.Block(tensor.Name) ?? -1).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
    }

    /// <summary>Where it comes from, for messages.</summary>
    public string Source { get; }

    /// <summary>The GGUF files it is read from, which must not be written while it is.</summary>
    internal IReadOnlyList<string> Files { get; }

    /// <summary>Keys and values, without those of a split.</summary>
    public IReadOnlyDictionary<string, GgufValue> Metadata { get; }

    /// <summary>Bytes of its tensors as they are stored.</summary>
    public long Bytes => Tensors.Sum(tensor => tensor.Bytes);

    internal IReadOnlyList<StoredRows> Tensors { get; }

    /// <summary>The content of a file, or of all parts of a split one.</summary>
    public static GgufContent Of(GgufFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Dictionary<string, GgufValue> metadata = file.Metadata.Values
            .Where(pair => !pair.Key.StartsWith("split.", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        return new(file.Path, metadata, file.Tensors.Values.Select(t => StoredRows.Of(t.Name, t.Dimensions, t.Format, t.Stored)), file.Files);
    }

    /// <summary>A whole number of the model's own keys; null where it has none.</summary>
    internal int? Whole(string key) =>
        Metadata.TryGetValue($"{Architecture}.{key}", out GgufValue? value) && value.Count == 1 ? (int?)value.Whole() : null;

    /// <summary>The family, as the metadata says it.</summary>
    internal string Architecture => Metadata.TryGetValue("general.architecture", out GgufValue? value) && value is { Count: 1 } && value.Text() is string name
        ? name
        : throw new InvalidDataException($"{Source}: the metadata has no 'general.architecture'.");
}
