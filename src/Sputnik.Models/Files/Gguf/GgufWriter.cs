using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Writes GGUF files, version 3. Source: ggml, docs/gguf.md.</summary>
public static class GgufWriter
{
    private const int Alignment = 32;

    /// <summary>Writes a file that is whole or absent: header, then every tensor in the order given.</summary>
    /// <exception cref="NotSupportedException">GGUF has no type for a tensor's format.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<GgufSource> tensors)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        byte[] header = Header(metadata, tensors);
        AtomicFile.Write(path, file =>
        {
            // Not disposed: it would close the file, which is flushed to disk after this.
            BufferedStream stream = new(file, 1 << 20);
            stream.Write(header);
            foreach (GgufSource tensor in tensors)
            {
                Pad(stream, stream.Position);
                long start = stream.Position;
                tensor.Write(stream);
                if (stream.Position - start != tensor.Bytes)
                {
                    throw new InvalidOperationException($"'{tensor.Name}' is {tensor.Bytes} bytes, {stream.Position - start} were written.");
                }
            }

            Pad(stream, stream.Position);
            stream.Flush();
        });
    }

    /// <summary>A string as headers have it: its length in eight bytes, then UTF-8.</summary>
    internal static void Text(Stream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        stream.Write(BitConverter.GetBytes((ulong)bytes.Length));
        stream.Write(bytes);
    }

    private static byte[] Header(IReadOnlyDictionary<string, GgufValue> metadata, IReadOnlyList<GgufSource> tensors)
    {
        using MemoryStream stream = new();
        stream.Write("GGUF"u8);
        stream.Write(BitConverter.GetBytes(3u));
        stream.Write(BitConverter.GetBytes((ulong)tensors.Count));
        stream.Write(BitConverter.GetBytes((ulong)metadata.Count));
        foreach ((string key, GgufValue value) in metadata)
        {
            Text(stream, key);
            value.Write(stream);
        }

        long offset = 0;
        foreach (GgufSource tensor in tensors)
        {
            Text(stream, tensor.Name);
            stream.Write(BitConverter.GetBytes((uint)tensor.Dimensions.Count));
            foreach (long dimension in tensor.Dimensions)
            {
                stream.Write(BitConverter.GetBytes((ulong)dimension));
            }

            uint type = GgufType.Of(tensor.Format) ?? throw new NotSupportedException($"GGUF has no type for {tensor.Format.Name()}: '{tensor.Name}' needs another.");
            stream.Write(BitConverter.GetBytes(type));
            stream.Write(BitConverter.GetBytes((ulong)offset));
            offset = (offset + tensor.Bytes + Alignment - 1) / Alignment * Alignment;
        }

        Pad(stream, stream.Position);
        return stream.ToArray();
    }

    private static void Pad(Stream stream, long position)
    {
        for (; position % Alignment != 0; position++)
        {
            stream.WriteByte(0);
        }
    }
}
