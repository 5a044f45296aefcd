using System.Text.Json;

namespace Sputnik.Models;

/// <summary>
/// Reads the JSON header of a safetensors file and believes nothing: names are unique, sizes follow from shape and type,
/// and the tensors cover the data exactly, without gap or overlap. Source: the format's specification,
/// github.com/huggingface/safetensors, README "Format".
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes of the length field before the header.</summary>
    public const int LengthBytes = 8;

    // The specification's limit.
    public const long MaxBytes = 100_000_000;

    private readonly string _path;
    private readonly long _dataOffset;
    private readonly long _dataBytes;

    private SafetensorsHeader(string path, long headerBytes, long fileBytes)
    {
        _path = path;
        _dataOffset = LengthBytes + headerBytes;
        _dataBytes = fileBytes - _dataOffset;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public static IReadOnlyList<SafetensorsEntry> Parse(string path, ReadOnlyMemory<byte> json, long fileBytes)
    {
        SafetensorsHeader header = new(path, json.Length, fileBytes);
        try
        {
            // Depth: header, tensor, list of numbers.
            JsonDocumentOptions options = new() { AllowDuplicateProperties = false, MaxDepth = 3 };
            using JsonDocument document = JsonDocument.Parse(json, options);
            return header.Entries(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{path}: the header is not valid JSON at offset {LengthBytes + (error.BytePositionInLine ?? 0)} of line {error.LineNumber + 1}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What JsonElement throws for a string that is not UTF-8.
            throw new InvalidDataException($"{path}: the header at offset {LengthBytes}: {error.Message}", error);
        }
    }

    private List<SafetensorsEntry> Entries(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Bad("the header is not an object");
        }

        List<SafetensorsEntry> entries = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
            {
                CheckMetadata(property.Value);
            }
            else
            {
                entries.Add(Entry(property.Name, property.Value));
            }
        }

        entries.Sort((a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Bytes.CompareTo(b.Bytes));
        CheckCover(entries);
        return entries;
    }

    private void CheckMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || metadata.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
        {
            throw Bad("'__metadata__' is not a table of strings");
        }
    }

    private SafetensorsEntry Entry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array
            || !value.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array
            || offsets.GetArrayLength() != 2)
        {
            throw Bad($"tensor '{name}' lacks dtype, shape or data_offsets");
        }

        string typeName = type.GetString() ?? "";
        long[] dimensions = [.. shape.EnumerateArray().Select(d => Number(name, d))];
        long begin = Number(name, offsets[0]);
        long end = Number(name, offsets[1]);
        if (begin > end || end > _dataBytes)
        {
            throw Bad($"tensor '{name}' claims bytes {begin} to {end} of {_dataBytes}");
        }

        long expected = ByteCount(name, typeName, dimensions);
        if (expected != end - begin)
        {
            throw Bad($"tensor '{name}' ({typeName} [{string.Join(", ", dimensions)}]) needs {expected} bytes, its extent has {end - begin}");
        }

        return new(name, typeName, dimensions, _dataOffset + begin, end - begin);
    }

    private long Number(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number) || number < 0)
        {
            throw Bad($"tensor '{name}' has {value.GetRawText()} where a count belongs");
        }

        return number;
    }

    private long ByteCount(string name, string type, long[] shape)
    {
        long bytes = type switch
        {
            "F64" or "I64" or "U64" => 8,
            "F32" or "I32" or "U32" => 4,
            "F16" or "BF16" or "I16" or "U16" => 2,
            "F8_E4M3" or "F8_E5M2" or "F8_E8M0" or "I8" or "U8" or "BOOL" => 1,
            _ => throw new NotSupportedException($"{_path}: tensor '{name}' has the type '{type}', which is not known."),
        };
        try
        {
            return shape.Aggregate(bytes, (product, dimension) => checked(product * dimension));
        }
        catch (OverflowException error)
        {
            throw new InvalidDataException($"{_path}: tensor '{name}' has a shape beyond any file.", error);
        }
    }

    private void CheckCover(List<SafetensorsEntry> entries)
    {
        long next = _dataOffset;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Offset != next)
            {
                string what = entry.Offset < next ? "overlaps the tensor before it" : "leaves a gap before it";
                throw Bad($"tensor '{entry.Name}' at offset {entry.Offset} {what}; {next} was due");
            }

            next += entry.Bytes;
        }

        if (next != _dataOffset + _dataBytes)
        {
            throw Bad($"the tensors end at offset {next}, the file at {_dataOffset + _dataBytes}");
        }
    }

    private InvalidDataException Bad(string what) => new($"{_path}: {what}.");
}
