using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sputnik.Fuzz;

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">By their names in small letters.</param>
/// <param name="Body">Its bytes, without chunks.</param>
internal sealed record HttpReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    // More than the largest file of the page; a server that sends more does not end.
    private const int Longest = 16 << 20;

    /// <summary>Whether the server ends the connection.</summary>
    public bool Closes => Headers.GetValueOrDefault("connection") == "close";

    /// <summary>Reads one reply; null where the connection ended before its first byte.</summary>
    /// <exception cref="InvalidDataException">It is not HTTP.</exception>
    /// <exception cref="EndOfStreamException">It ends too soon.</exception>
    public static HttpReply? Read(Stream stream, bool hasBody)
    {
        while (Line(stream) is { } first)
        {
            string[] words = first.Split(' ', 3);
            if (words.Length < 3 || words[0] != "HTTP/1.1" || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            {
                throw new InvalidDataException($"The reply begins with '{first}'.");
            }

            Dictionary<string, string> headers = new(StringComparer.Ordinal);
            while (Line(stream) is { Length: > 0 } header)
            {
                int colon = header.IndexOf(':', StringComparison.Ordinal);
                headers[header[..colon].ToLowerInvariant()] = header[(colon + 1)..].Trim();
            }

            // 1xx announce the reply that follows.
            if (status >= 200)
            {
                return new(status, headers, hasBody && status is not (204 or 304) ? BodyOf(stream, headers) : []);
            }
        }

        return null;
    }

    private static byte[] BodyOf(Stream stream, Dictionary<string, string> headers)
    {
        using MemoryStream body = new();
        if (headers.TryGetValue("content-length", out string? length))
        {
            Copy(stream, body, int.Parse(length, CultureInfo.InvariantCulture));
        }
        else if (headers.GetValueOrDefault("transfer-encoding") == "chunked")
        {
            while (int.Parse(Line(stream) ?? throw new EndOfStreamException("The reply ends within its chunks."), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
            {
                Copy(stream, body, size);
                Line(stream);
            }

            Line(stream);
        }
        else
        {
            stream.CopyTo(body);
        }

        return body.ToArray();
    }

    private static void Copy(Stream from, MemoryStream to, int count)
    {
        if (to.Length + count > Longest)
        {
            throw new InvalidDataException($"The reply is longer than {Longest} bytes.");
        }

        byte[] bytes = new byte[count];
        from.ReadExactly(bytes);
        to.Write(bytes);
    }

    // Lines end in CRLF; null where there is none any more.
    private static string? Line(Stream stream)
    {
        StringBuilder line = new();
        for (int value = Next(stream); value >= 0; value = Next(stream))
        {
            if (value == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)value);
        }

        return line.Length > 0 ? throw new InvalidDataException($"The reply ends in '{line}'.") : null;
    }

    // A server that closes a broken request's connection may reset it: that is an end too.
    private static int Next(Stream stream)
    {
        try
        {
            return stream.ReadByte();
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return -1;
        }
    }
}
