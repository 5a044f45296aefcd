using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>A list of named matrices as a safetensors file: optimizer state.</summary>
internal static class WeightFile
{
    /// <summary>Writes all of <paramref name="weights"/>.</summary>
    public static void Write(string path, IReadOnlyList<Weight> weights) => AtomicFile.Write(path, stream =>
        SafetensorsWriter.Write(stream, weights, [.. weights.Select(w => new WeightDeclaration(w.Name, w.Out, w.In))]));

    /// <summary>Fills all of <paramref name="weights"/> by name.</summary>
    /// <exception cref="InvalidDataException">The file holds other matrices.</exception>
    public static void Read(string path, IReadOnlyList<Weight> weights)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Dictionary<string, SafetensorsEntry> entries = file.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
        if (entries.Count != weights.Count)
        {
            throw new InvalidDataException($"{path}: holds {entries.Count} matrices, {weights.Count} are needed.");
        }

        foreach (Weight weight in weights)
        {
            if (!entries.TryGetValue(weight.Name, out SafetensorsEntry? entry) || !entry.Shape.SequenceEqual([weight.Out, weight.In]))
            {
                throw new InvalidDataException($"{path}: '{weight.Name}' [{weight.Out}, {weight.In}] is needed, the file has {entry?.ToString() ?? "no such matrix"}.");
            }

            file.Read(entry, weight.Values);
            weight.Touch();
        }
    }
}
