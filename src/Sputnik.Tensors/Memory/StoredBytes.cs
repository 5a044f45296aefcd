using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>Bytes of a frozen weight where they lie: in a mapped file or in native memory. Whoever holds this keeps them alive.</summary>
public readonly unsafe struct StoredBytes
{
    private readonly object _owner;

    internal StoredBytes(byte* data, long length, object owner)
    {
        Data = data;
        Length = length;
        _owner = owner;
    }

    /// <summary>How many there are.</summary>
    public long Length { get; }

    internal byte* Data { get; }

    /// <summary>A copy in native memory, 64-byte aligned.</summary>
    public static StoredBytes Copy(ReadOnlySpan<byte> bytes)
    {
        NativeCopy copy = new(bytes);
        return new(copy.Data, bytes.Length, copy);
    }

    /// <summary>A part of them, for example one expert of many.</summary>
    public StoredBytes Slice(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new(Data + start, length, _owner);
    }

    /// <summary>Says that they are not needed soon: whole pages of a mapped file leave memory until they are read again.</summary>
    internal void Forget()
    {
        if (_owner is MappedFile)
        {
            LargeMemory.Forget(Data, Length);
        }
    }

    /// <summary>Copies some of them out.</summary>
    public void CopyTo(long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - destination.Length);
        new ReadOnlySpan<byte>(Data + start, destination.Length).CopyTo(destination);
        GC.KeepAlive(_owner);
    }

    private sealed class NativeCopy
    {
        public NativeCopy(ReadOnlySpan<byte> bytes)
        {
            Data = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, bytes.Length), 64);
            bytes.CopyTo(new(Data, bytes.Length));
        }

        public byte* Data { get; }

        ~NativeCopy() => NativeMemory.AlignedFree(Data);
    }
}
