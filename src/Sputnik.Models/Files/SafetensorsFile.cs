using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sputnik.Models;

/// <summary>A safetensors file opened for reading. F32, BF16 and F16 tensors are read as float32, which holds each of them exactly.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private const int PartBytes = 1 << 20;

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private SafetensorsFile(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
        Entries = ReadHeader();
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Opens a file and checks its whole header.</summary>
    /// <exception cref="InvalidDataException">The header does not describe the file.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path);
        SafetensorsFile? file = null;
        try
        {
            file = new(handle, path);
            return file;
        }
        finally
        {
            if (file is null)
            {
                handle.Dispose();
            }
        }
    }

    /// <summary>Reads one tensor. [product of the shape]</summary>
    public void Read(SafetensorsEntry entry, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int size = entry.Type switch
        {
            "F32" => 4,
            "BF16" or "F16" => 2,
            _ => throw new NotSupportedException($"{_path}: tensor '{entry.Name}' has the type {entry.Type}; F32, BF16 and F16 can be read."),
        };
        if (entry.Bytes != (long)size * destination.Length)
        {
            throw new ArgumentException($"'{entry.Name}' has {entry.Bytes / size} values, the destination {destination.Length}.", nameof(destination));
        }

        byte[] part = new byte[Math.Min(PartBytes, entry.Bytes)];
        for (long done = 0; done < entry.Bytes; done += part.Length)
        {
            Span<byte> bytes = part.AsSpan(0, (int)Math.Min(part.Length, entry.Bytes - done));
            Fill(bytes, entry.Offset + done);
            Decode(entry.Type, bytes, destination.Slice((int)(done / size), bytes.Length / size));
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private IReadOnlyList<SafetensorsEntry> ReadHeader()
    {
        long fileBytes = RandomAccess.GetLength(_handle);
        if (fileBytes < SafetensorsHeader.LengthBytes)
        {
            throw new InvalidDataException($"{_path}: {fileBytes} bytes are too few for a safetensors file.");
        }

        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        Fill(length, 0);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerBytes > (ulong)Math.Min(SafetensorsHeader.MaxBytes, fileBytes - SafetensorsHeader.LengthBytes))
        {
            throw new InvalidDataException($"{_path}: offset 0 claims a header of {headerBytes} bytes; the file has {fileBytes}, the format allows {SafetensorsHeader.MaxBytes}.");
        }

        byte[] json = new byte[headerBytes];
        Fill(json, SafetensorsHeader.LengthBytes);
        return SafetensorsHeader.Parse(_path, json, fileBytes);
    }

    private void Fill(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_handle, bytes, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{_path}: the file ends at offset {offset}, {bytes.Length} bytes short.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    private static void Decode(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (type == "F32")
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < values.Length; i++)
        {
            // bfloat16 is the upper half of a float32.
            values[i] = type == "BF16"
                ? BitConverter.UInt32BitsToSingle((uint)halves[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(halves[i]);
        }
    }
}
