namespace Sputnik.Training;

/// <summary>A file of one JSON object a line that only grows, and is cut back when a run resumes from an earlier step.</summary>
internal sealed class JsonLinesLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens the log, which may be new; writing goes on at its end.</summary>
    public JsonLinesLog(string path)
    {
        _stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes written so far.</summary>
    public long Bytes => _stream.Length;

    /// <summary>Appends one line and hands it to the system, so that it outlives the process.</summary>
    /// <param name="json">One JSON object in UTF-8, without line ends.</param>
    public void Append(ReadOnlySpan<byte> json)
    {
        byte[] line = new byte[json.Length + 1];
        json.CopyTo(line);
        line[^1] = (byte)'\n';
        _stream.Write(line);
        _stream.Flush();
    }

    /// <summary>Hands everything to the disk.</summary>
    public void Sync() => _stream.Flush(flushToDisk: true);

    /// <summary>Forgets every line after the first <paramref name="bytes"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The log is shorter than that.</exception>
    public void CutBack(long bytes)
    {
        if (_stream.Length < bytes)
        {
            throw new InvalidDataException($"{_stream.Name}: has {_stream.Length} bytes, the checkpoint was written after {bytes}.");
        }

        _stream.SetLength(bytes);
        _stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
