using System.Globalization;
using System.Text;

namespace Sputnik.Fuzz;

/// <summary>A request before it is bytes.</summary>
/// <param name="Method">GET, POST.</param>
/// <param name="Path">As it stands in the first line.</param>
/// <param name="Body">What is posted; empty for nothing.</param>
internal sealed record HttpDraft(string Method, string Path, byte[] Body)
{
    public HttpDraft(string method, string path, string body)
        : this(method, path, Encoding.UTF8.GetBytes(body))
    {
    }

    /// <summary>Lines of the head besides those that frame the body.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ["Host: localhost", "Content-Type: application/json"];

    /// <summary>Bytes of a chunk; 0 = the body has a length instead.</summary>
    public int ChunkBytes { get; init; }

    /// <summary>As it is sent. Characters of the head are bytes.</summary>
    public byte[] ToBytes()
    {
        StringBuilder head = new($"{Method} {Path} HTTP/1.1\r\n");
        foreach (string header in Headers)
        {
            head.Append(header).Append("\r\n");
        }

        head.Append(ChunkBytes > 0 ? "Transfer-Encoding: chunked\r\n\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n\r\n"));
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. ChunkBytes > 0 ? Chunked() : Body];
    }

    private byte[] Chunked()
    {
        using MemoryStream stream = new();
        foreach (byte[] chunk in Body.Chunk(ChunkBytes))
        {
            stream.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            stream.Write(chunk);
            stream.Write("\r\n"u8);
        }

        stream.Write("0\r\n\r\n"u8);
        return stream.ToArray();
    }
}
