using System.Globalization;
using System.Text.RegularExpressions;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// A GGUF file, or a set of its parts, mapped into memory. Source: ggml, docs/gguf.md; the caps are ours and tighter.
/// </summary>
public sealed partial class GgufFile
{
    private const uint Magic = 0x46554747;
    private const int MaxTensors = 1_000_000;
    private const int MaxKeys = 65_536;
    private const int MaxParts = 10_000;

    private GgufFile(string path, IReadOnlyList<string> files, GgufMetadata metadata, Dictionary<string, GgufTensor> tensors)
    {
        Files = files;
        Path = path;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The file, or the first of its parts.</summary>
    public string Path { get; }

    /// <summary>The file, or all of its parts.</summary>
    internal IReadOnlyList<string> Files { get; }

    /// <summary>Its metadata: of parts, the first's.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>Its tensors by name, those of all parts.</summary>
    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>Opens a file, or the first of a set named -00001-of-000NN.</summary>
    /// <exception cref="InvalidDataException">It is no valid GGUF file; says where it goes wrong.</exception>
    /// <exception cref="NotSupportedException">It has a version or a tensor type that is not here.</exception>
    public static GgufFile Open(string path)
    {
        Dictionary<string, GgufTensor> tensors = new(StringComparer.Ordinal);
        GgufMetadata metadata = Read(MappedFile.Open(path), tensors);
        int parts = metadata.WholeOrNull("split.count") ?? 1;
        if (parts <= 1)
        {
            return new(path, [path], metadata, tensors);
        }

        Match name = PartName().Match(path);
        if (!name.Success || parts > MaxParts || int.Parse(name.Groups[3].Value, CultureInfo.InvariantCulture) != parts)
        {
            throw new InvalidDataException($"{path} is one of {parts} parts, so its name must end in -00001-of-{parts:D5}.gguf.");
        }

        if (name.Groups[2].Value != "00001")
        {
            throw new InvalidDataException($"{path} is not the first part: open {name.Groups[1].Value}-00001-of-{parts:D5}.gguf.");
        }

        List<string> files = [path];
        for (int part = 2; part <= parts; part++)
        {
            string next = $"{name.Groups[1].Value}-{part:D5}-of-{parts:D5}.gguf";
            if (!File.Exists(next))
            {
                throw new InvalidDataException($"{path} has {parts} parts, but {next} is missing.");
            }

            _ = Read(MappedFile.Open(next), tensors);
            files.Add(next);
        }

        return new(path, files, metadata, tensors);
    }

    /// <summary>Whether a file's name is that of a part after the first.</summary>
    internal static bool IsFurtherPart(string path) => PartName().Match(path) is { Success: true } name && name.Groups[2].Value != "00001";

    private static GgufMetadata Read(MappedFile file, Dictionary<string, GgufTensor> tensors)
    {
        GgufReader reader = new(file);
        CheckVersion(reader);
        int count = reader.Count("the number of tensors", MaxTensors);
        GgufMetadata metadata = new(file.Path, Keys(reader));
        GgufEntry[] entries = new GgufEntry[Math.Min(count, (file.Length - reader.Offset) / GgufEntry.LeastBytes + 1)];
        for (int i = 0; i < count; i++)
        {
            if (i == entries.Length)
            {
                throw reader.Wrong(reader.Offset, $"{count} tensors are announced, which the file cannot hold");
            }

            entries[i] = GgufEntry.Read(reader);
        }

        long alignment = Alignment(reader, metadata);
        long data = (reader.Offset + alignment - 1) / alignment * alignment;
        foreach (GgufEntry entry in entries.AsSpan(0, count))
        {
            GgufTensor tensor = entry.Place(file, reader, data, alignment);
            if (!tensors.TryAdd(tensor.Name, tensor))
            {
                throw reader.Wrong(entry.At, $"the tensor '{tensor.Name}' is there twice");
            }
        }

        return metadata;
    }

    private static void CheckVersion(GgufReader reader)
    {
        if (reader.UInt32() != Magic)
        {
            throw reader.Wrong(0, "this is no GGUF file, its first bytes are not GGUF");
        }

        uint version = reader.UInt32();
        if (version is not (2 or 3))
        {
            throw new NotSupportedException(
                reader.Wrong(4, (version & 0xFFFF) == 0 ? "the file is big-endian" : $"version {version} is not supported, 2 and 3 are").Message);
        }
    }

    private static Dictionary<string, GgufValue> Keys(GgufReader reader)
    {
        Dictionary<string, GgufValue> values = new(StringComparer.Ordinal);
        for (int left = reader.Count("the number of metadata keys", MaxKeys); left > 0; left--)
        {
            long at = reader.Offset;
            string key = reader.Text("a metadata key");
            if (!values.TryAdd(key, reader.Value(key)))
            {
                throw reader.Wrong(at, $"the key '{key}' is there twice");
            }
        }

        return values;
    }

    private static long Alignment(GgufReader reader, GgufMetadata metadata)
    {
        int alignment = metadata.WholeOrNull("general.alignment") ?? 32;
        return alignment is > 0 and <= 1 << 20 && int.IsPow2(alignment)
            ? alignment
            : throw reader.Wrong(0, $"'general.alignment' must be a power of two up to 1048576, it is {alignment}");
    }

    [GeneratedRegex(@"^(.*)-(\d{5})-of-(\d{5})\.gguf$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex PartName();
}
