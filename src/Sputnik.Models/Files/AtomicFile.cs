namespace Sputnik.Models;

/// <summary>Files that are either whole or absent, also after a crash.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes under a temporary name beside <paramref name="path"/>, flushes to disk and renames over it. If
    /// <paramref name="write"/> fails, the temporary file is removed and an older file stays as it was.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        bool done = false;
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            done = true;
        }
        finally
        {
            if (!done)
            {
                File.Delete(temporary);
            }
        }
    }
}
