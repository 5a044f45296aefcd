using System.IO.MemoryMappedFiles;

namespace Sputnik.Tensors;

/// <summary>
/// A file mapped into memory to be read, whole. What is not read is not loaded; weights name parts of it and keep it alive,
/// so it is unmapped when the last of them is gone.
/// </summary>
public sealed unsafe class MappedFile
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _data;

    private MappedFile(string path, long length, MemoryMappedFile file)
    {
        Path = path;
        Length = length;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* data = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref data);
        _data = data + _view.PointerOffset;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    public static MappedFile Open(string path)
    {
        long length = new FileInfo(path).Length;
        if (length == 0)
        {
            throw new InvalidDataException($"{path} is empty.");
        }

        // The view outlives the mapping it was made from.
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        return new(path, length, file);
    }

    /// <summary>A part small enough for a span.</summary>
    public ReadOnlySpan<byte> Span(long offset, int length)
    {
        Check(offset, length);
        return new(_data + offset, length);
    }

    /// <summary>A part for a weight.</summary>
    public StoredBytes Part(long offset, long length)
    {
        Check(offset, length);
        return new(_data + offset, length, this);
    }

    /// <summary>Unmaps a file that nothing names any more.</summary>
    ~MappedFile() => _view.SafeMemoryMappedViewHandle.ReleasePointer();

    private void Check(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw new InvalidDataException($"{Path} has {Length} bytes; {length} at offset {offset} are not all there.");
        }
    }
}
