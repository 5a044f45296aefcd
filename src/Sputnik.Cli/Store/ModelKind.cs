using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Sputnik.Cli;

/// <summary>What a stored model is, as far as its first kilobyte tells.</summary>
internal static class ModelKind
{
    private const int HeadBytes = 1024;
    private const int LongestName = 64;
    private const long LargestConfig = 4 << 20;

    /// <summary>Storage and architecture, for example "GGUF, qwen2" or "safetensors, qwen3"; the architecture is left out where the file does not begin with it.</summary>
    public static string Of(StoredModel model)
    {
        IEnumerable<string> paths = model.Manifest.Files.Select(file => file.Path);
        if (paths.FirstOrDefault(FileChoice.IsGguf) is { } gguf)
        {
            return Named("GGUF", GgufArchitecture(PlainPath.Below(model.Folder, gguf)));
        }

        return paths.Any(path => path.EndsWith(".safetensors", StringComparison.Ordinal))
            ? Named("safetensors", ConfigArchitecture(Path.Combine(model.Folder, "config.json")))
            : "–";
    }

    private static string Named(string storage, string? architecture) => architecture is null ? storage : $"{storage}, {PlainPath.Shown(architecture)}";

    /// <summary>The value of general.architecture where it is the first pair, as all known writers put it: magic, version, counts, key, type 8 (string), value.</summary>
    private static string? GgufArchitecture(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] head = new byte[HeadBytes];
        using FileStream stream = File.OpenRead(path);
        int length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        ReadOnlySpan<byte> rest = head.AsSpan(0, length);
        ReadOnlySpan<byte> key = "general.architecture"u8;
        const int CountsEnd = 24;
        int valueAt = CountsEnd + 8 + key.Length + 4;
        if (rest.Length < valueAt + 8
            || !rest.StartsWith("GGUF"u8)
            || BinaryPrimitives.ReadUInt64LittleEndian(rest[CountsEnd..]) != (ulong)key.Length
            || !rest.Slice(CountsEnd + 8, key.Length).SequenceEqual(key)
            || BinaryPrimitives.ReadUInt32LittleEndian(rest[(valueAt - 4)..]) != 8)
        {
            return null;
        }

        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(rest[valueAt..]);
        return size is > 0 and <= LongestName && rest.Length >= valueAt + 8 + (int)size ? Encoding.UTF8.GetString(rest.Slice(valueAt + 8, (int)size)) : null;
    }

    private static string? ConfigArchitecture(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > LargestConfig)
        {
            return null;
        }

        try
        {
            using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(path));
            return config.RootElement.ValueKind == JsonValueKind.Object
                && config.RootElement.TryGetProperty("model_type", out JsonElement type)
                && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        }
        catch (JsonException)
        {
            // A list of models is no place to judge one; opening it says what is wrong.
            return null;
        }
    }
}
