using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Sputnik.Models;

namespace Sputnik.Cli;

/// <summary>
/// A file that is still coming: NAME.part with its final length, and NAME.part.json with what of it is here. Chunks are
/// written from several tasks; each chunk by one at a time.
/// </summary>
internal sealed class PartFile : IDisposable
{
    /// <summary>What the name of an unfinished file ends with.</summary>
    public const string Suffix = ".part";

    private readonly Lock _saving = new();
    private readonly SafeFileHandle _data;
    private readonly PartState _state;
    private readonly string _target;

    private PartFile(string target, SafeFileHandle data, PartState state)
    {
        _target = target;
        _data = data;
        _state = state;
    }

    /// <summary>Where the bytes are.</summary>
    public string DataPath => _target + Suffix;

    public int Chunks => _state.Done.Length;

    public long BytesDone => _state.Done.Sum(done => (long)done);

    public bool IsWhole => BytesDone == _state.Size;

    /// <summary>Goes on with what is beside <paramref name="target"/>, or begins anew where that is another content.</summary>
    /// <exception cref="IOException">Another process is loading the same file.</exception>
    public static PartFile Open(string target, HubFile file, int chunkBytes)
    {
        string path = target + Suffix;
        SafeFileHandle data = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
        PartState state = Kept(target, file, RandomAccess.GetLength(data)) ?? new()
        {
            Size = file.Size,
            Digest = file.Digest.Hex,
            ChunkBytes = chunkBytes,
            Done = new int[checked((int)((file.Size + chunkBytes - 1) / chunkBytes))],
        };
        RandomAccess.SetLength(data, file.Size);
        return new(target, data, state);
    }

    /// <summary>Bytes of a file that are here already.</summary>
    public static long BytesOf(string target, HubFile file)
    {
        FileInfo data = new(target + Suffix);
        return data.Exists && Kept(target, file, data.Length) is { } state ? state.Done.Sum(done => (long)done) : 0;
    }

    /// <summary>Gives the bytes the name of the file, in place of an older one.</summary>
    public static void Finish(string target)
    {
        File.Move(target + Suffix, target, overwrite: true);
        File.Delete(StateOf(target));
    }

    /// <summary>Removes what is unfinished of a file.</summary>
    public static void Delete(string target)
    {
        File.Delete(target + Suffix);
        File.Delete(StateOf(target));
    }

    public void Dispose() => _data.Dispose();

    /// <summary>The bytes of a chunk that are not here: from, inclusive, to, exclusive.</summary>
    public (long From, long To) Rest(int chunk)
    {
        long start = (long)chunk * _state.ChunkBytes;
        return (start + _state.Done[chunk], Math.Min(start + _state.ChunkBytes, _state.Size));
    }

    /// <summary>Puts the next bytes of a chunk where they belong.</summary>
    public async Task Append(int chunk, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await RandomAccess.WriteAsync(_data, bytes, Rest(chunk).From, cancellation);
        _state.Done[chunk] += bytes.Length;
    }

    /// <summary>Forgets all bytes.</summary>
    public void Restart() => Array.Clear(_state.Done);

    /// <summary>Keeps how far it is, so that the next run goes on from here.</summary>
    public void Save()
    {
        lock (_saving)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(_state, HubJsonContext.Default.PartState);
            AtomicFile.Write(StateOf(_target), stream => stream.Write(json));
        }
    }

    private static string StateOf(string target) => target + Suffix + ".json";

    private static PartState? Kept(string target, HubFile file, long length)
    {
        string path = StateOf(target);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            PartState? state = JsonSerializer.Deserialize(File.ReadAllBytes(path), HubJsonContext.Default.PartState);
            return state is not null && length == file.Size && Fits(state, file) ? state : null;
        }
        catch (JsonException)
        {
            // Nothing is lost but time: the file is loaded from its start.
            return null;
        }
    }

    private static bool Fits(PartState state, HubFile file)
    {
        if (state.Size != file.Size || state.Digest != file.Digest.Hex || state.ChunkBytes <= 0 || state.Done is null)
        {
            return false;
        }

        bool counts = state.Done.Length == (state.Size + state.ChunkBytes - 1) / state.ChunkBytes;
        return counts && state.Done.Index().All(chunk => chunk.Item >= 0 && chunk.Item <= Math.Min(state.ChunkBytes, state.Size - ((long)chunk.Index * state.ChunkBytes)));
    }
}
