using System.Globalization;

namespace Sputnik.Models;

/// <summary>Writes content as one GGUF file or as several. Either all of them are there afterwards, or none.</summary>
public static class GgufParts
{
    // Only the digits of a name say how many there are.
    private const int MaxParts = 99_999;

    /// <summary>Tensors by part, in order: at most <paramref name="most"/> bytes each, except where one tensor alone is larger.</summary>
    internal static IReadOnlyList<IReadOnlyList<GgufSource>> Cut(IReadOnlyList<GgufSource> tensors, long most)
    {
        List<List<GgufSource>> parts = [[]];
        long bytes = 0;
        foreach (GgufSource tensor in tensors)
        {
            if (bytes + tensor.Bytes > most && parts[^1].Count > 0)
            {
                parts.Add([]);
                bytes = 0;
            }

            parts[^1].Add(tensor);
            bytes += tensor.Bytes;
        }

        return parts.Count <= MaxParts ? parts : throw new ArgumentException($"The model would be {parts.Count} files, at most {MaxParts} can be: allow each to be larger.", nameof(most));
    }

    /// <summary>The fewest bytes a part with which there are at most <paramref name="parts"/>.</summary>
    internal static long Limit(IReadOnlyList<GgufSource> tensors, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        long low = tensors.Max(tensor => tensor.Bytes), high = tensors.Sum(tensor => tensor.Bytes);
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = Cut(tensors, middle).Count <= parts ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>Names of the files of a set: -00001-of-000NN before the ending.</summary>
    internal static string[] Names(string path, int count) => count == 1
        ? [path]
        : [.. Enumerable.Range(1, count).Select(i => Path.ChangeExtension(path, null) + string.Create(CultureInfo.InvariantCulture, $"-{i:D5}-of-{count:D5}.gguf"))];

    /// <summary>Writes the parts; the metadata goes into the first.</summary>
    internal static string[] Write(string path, IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<IReadOnlyList<GgufSource>> parts)
    {
        string[] names = Names(path, parts.Count);
        List<string> done = [];
        try
        {
            for (int part = 0; part < parts.Count; part++)
            {
                Dictionary<string, GgufValue> keys = part == 0 ? new(metadata, StringComparer.Ordinal) : [];
                if (parts.Count > 1)
                {
                    keys["split.no"] = GgufValue.OfShort((ushort)part);
                    keys["split.count"] = GgufValue.OfShort((ushort)parts.Count);
                    keys["split.tensors.count"] = GgufValue.Of(parts.Sum(p => p.Count));
                }

                // Not yet under its own name: a set that is broken off must not look like one.
                string unfinished = names[part] + ".part";
                done.Add(unfinished);
                GgufWriter.Write(unfinished, keys, parts[part]);
            }

            for (int part = 0; part < parts.Count; part++)
            {
                File.Move(done[part], names[part], overwrite: true);
            }

            return names;
        }
        finally
        {
            done.ForEach(File.Delete);
        }
    }
}
