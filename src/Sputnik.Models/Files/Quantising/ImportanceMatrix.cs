using System.Buffers.Binary;
using System.Text;

namespace Sputnik.Models;

/// <summary>
/// How much an error counts in each column of each matrix: the mean square of what the column is multiplied by, measured on
/// some text. Files: GGUF with in_sum2 and counts, and the older binary list. Source: llama.cpp, tools/imatrix.
/// </summary>
public sealed class ImportanceMatrix
{
    private const string SumsEnd = ".in_sum2";
    private const string CountsEnd = ".counts";
    private const int MaxEntries = 1_000_000;
    private const int MaxNameBytes = 1024;

    private readonly Dictionary<string, float[]> _values;
    private readonly string _path;

    private ImportanceMatrix(string path, Dictionary<string, float[]> values)
    {
        _path = path;
        _values = values;
        foreach ((string name, float[] of) in values)
        {
            int bad = Array.FindIndex(of, value => !float.IsFinite(value) || value < 0);
            if (bad >= 0)
            {
                throw new InvalidDataException($"{path}: '{name}' has {of[bad]:R} for column {bad}; an importance is finite and not negative.");
            }
        }
    }

    /// <summary>Matrices it knows.</summary>
    public int Count => _values.Count;

    /// <summary>Reads either kind of file.</summary>
    /// <exception cref="InvalidDataException">It is neither; says where it goes wrong.</exception>
    public static ImportanceMatrix Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        bool isGguf = stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("GGUF"u8);
        stream.Position = 0;
        return new(path, isGguf ? FromGguf(GgufFile.Open(path)) : FromList(path, stream));
    }

    /// <summary>Of the columns of a tensor, matrix after matrix; null where nothing was measured.</summary>
    internal float[]? Of(StoredRows tensor)
    {
        if (!_values.TryGetValue(tensor.Name, out float[]? values))
        {
            return null;
        }

        long matrices = tensor.Dimensions.Count > 2 ? tensor.Dimensions[2] : 1;
        if (values.Length == tensor.Cols * matrices)
        {
            return values;
        }

        // An embedding is looked up, not multiplied; as a head it may have been measured in another shape.
        return tensor.Name == "token_embd.weight" ? null : throw new InvalidDataException(
            $"{_path}: '{tensor.Name}' has {values.Length} columns, the model {tensor.Cols * matrices}: the importances are of another model.");
    }

    private static Dictionary<string, float[]> FromGguf(GgufFile file)
    {
        Dictionary<string, float[]> values = new(StringComparer.Ordinal);
        foreach (GgufTensor sums in file.Tensors.Values.Where(t => t.Name.EndsWith(SumsEnd, StringComparison.Ordinal)))
        {
            string name = sums.Name[..^SumsEnd.Length];
            float[] counts = file.Tensors.TryGetValue(name + CountsEnd, out GgufTensor? found)
                ? Floats(found, file.Path)
                : throw new InvalidDataException($"{file.Path}: '{sums.Name}' has no '{name}{CountsEnd}'.");
            float[] sum = Floats(sums, file.Path);
            int cols = (int)sums.Dimensions[0];
            if (counts.Length * (long)cols != sum.Length)
            {
                throw new InvalidDataException($"{file.Path}: '{name}' has {sum.Length / cols} matrices of sums and {counts.Length} counts.");
            }

            // An expert that no token met says nothing: its columns count alike.
            values[name] = [.. sum.Select((value, i) => counts[i / cols] > 0 ? value / counts[i / cols] : 1)];
        }

        return values.Count > 0 ? values : throw new InvalidDataException($"{file.Path} holds no importances: no tensor's name ends in '{SumsEnd}'.");
    }

    private static float[] Floats(GgufTensor tensor, string path)
    {
        if (tensor.Format != Tensors.WeightFormat.F32 || tensor.Stored.Length > int.MaxValue)
        {
            throw new InvalidDataException($"{path}: '{tensor.Name}' must be float32 and below 2 GB.");
        }

        byte[] bytes = new byte[tensor.Stored.Length];
        tensor.Stored.CopyTo(0, bytes);
        return ToFloats(bytes);
    }

    private static Dictionary<string, float[]> FromList(string path, Stream stream)
    {
        Dictionary<string, float[]> values = new(StringComparer.Ordinal);
        int entries = Number(stream, path, "the number of matrices", MaxEntries);
        for (int i = 0; i < entries; i++)
        {
            string name = Encoding.UTF8.GetString(Bytes(stream, path, Number(stream, path, "the length of a name", MaxNameBytes)));
            int calls = Number(stream, path, "the number of calls", int.MaxValue);
            int count = Number(stream, path, "the number of columns", (int)Math.Min(int.MaxValue / 4, (stream.Length - stream.Position) / 4));
            float[] sums = ToFloats(Bytes(stream, path, count * 4));
            values[name] = calls > 0 ? [.. sums.Select(sum => sum / calls)] : sums;
        }

        return values.Count > 0 ? values : throw new InvalidDataException($"{path} holds no importances.");
    }

    private static int Number(Stream stream, string path, string what, int most)
    {
        long at = stream.Position;
        int number = BinaryPrimitives.ReadInt32LittleEndian(Bytes(stream, path, 4));
        return number >= 0 && number <= most
            ? number
            : throw new InvalidDataException($"{path}, offset {at}: {what} is {number}; 0 to {most} can be. This is no importance matrix.");
    }

    private static byte[] Bytes(Stream stream, string path, int count)
    {
        byte[] bytes = new byte[count];
        long at = stream.Position;
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException($"{path}, offset {at}: the file ends, {count} more bytes were announced.");
    }

    private static float[] ToFloats(ReadOnlySpan<byte> bytes)
    {
        float[] floats = new float[bytes.Length / 4];
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]);
        }

        return floats;
    }
}
