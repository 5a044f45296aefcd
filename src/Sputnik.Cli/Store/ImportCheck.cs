using System.Buffers.Binary;
using System.Text.Json;

namespace Sputnik.Cli;

/// <summary>Whether a file is what its name says, before it is taken into the store.</summary>
internal static class ImportCheck
{
    private const int GgufHead = 24;
    private const int SafetensorsHead = 8;
    private const long LargestJson = 256 << 20;

    /// <summary>Looks at the head of weights, and at the whole of JSON.</summary>
    /// <exception cref="InvalidDataException">It is something else, or cut off.</exception>
    public static void Check(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] head = new byte[GgufHead];
        int length = stream.ReadAtLeast(head, GgufHead, throwOnEndOfStream: false);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        switch (extension)
        {
            case ".gguf" when length < GgufHead || !head.AsSpan().StartsWith("GGUF"u8):
                throw new InvalidDataException($"{path}: offset 0: no GGUF file, which begins with 'GGUF' and has {GgufHead} bytes at least.");
            case ".safetensors":
                CheckSafetensors(path, head.AsSpan(0, length), stream.Length);
                break;
            case ".json":
                stream.Position = 0;
                CheckJson(path, stream);
                break;
            default:
                break;
        }
    }

    private static void CheckSafetensors(string path, ReadOnlySpan<byte> head, long fileLength)
    {
        ulong header = head.Length > SafetensorsHead ? BinaryPrimitives.ReadUInt64LittleEndian(head) : ulong.MaxValue;
        if (header > (ulong)fileLength - SafetensorsHead || head[SafetensorsHead] != '{')
        {
            throw new InvalidDataException($"{path}: offset 0: no safetensors file, which begins with the length of its header and the header itself.");
        }
    }

    private static void CheckJson(string path, FileStream stream)
    {
        if (stream.Length > LargestJson)
        {
            throw new InvalidDataException($"{path}: {stream.Length} bytes, a JSON file of a model has at most {LargestJson}.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: offset {e.BytePositionInLine ?? 0} of line {(e.LineNumber ?? 0) + 1}: no JSON.", e);
        }
    }
}
