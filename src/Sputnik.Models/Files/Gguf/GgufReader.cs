using System.Buffers.Binary;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Reads a GGUF header value by value; every step is checked against the file and the caps before anything is allocated.</summary>
internal sealed class GgufReader(MappedFile file)
{
    // A header beyond this is no model's; the whole of DeepSeek-V3's is about 10 MB.
    private const long MaxHeaderBytes = 256L << 20;
    private const long MaxStringBytes = 64L << 20;
    private const long MaxArrayItems = 16L << 20;

    // Strict: a name that is not UTF-8 is an error, not another name.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Where the next value begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The next four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The next eight bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A count of at most <paramref name="most"/>.</summary>
    public int Count(string what, long most)
    {
        long at = Offset;
        ulong count = UInt64();
        return count <= (ulong)most ? (int)count : throw Wrong(at, $"{what} is {count}, at most {most} are read");
    }

    /// <summary>A string: its length in eight bytes, then UTF-8.</summary>
    public string Text(string what)
    {
        long at = Offset;
        ReadOnlySpan<byte> bytes = Bytes(what);
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong(at, $"{what} is not UTF-8");
        }
    }

    /// <summary>A metadata value of a type.</summary>
    public GgufValue Value(string key)
    {
        long at = Offset;
        uint type = UInt32();
        if (type != GgufValue.ArrayType)
        {
            return Single(key, type, at);
        }

        uint item = UInt32();
        int count = Count($"the length of '{key}'", MaxArrayItems);
        if (item == GgufValue.ArrayType)
        {
            throw Wrong(at, $"'{key}' is an array of arrays, which no model has");
        }

        return item == GgufValue.StringType ? Strings(key, count) : Numbers(key, item, count, at);
    }

    /// <summary>An error at an offset.</summary>
    public InvalidDataException Wrong(long offset, string what) => new($"{file.Path}, offset {offset}: {what}.");

    private GgufValue Single(string key, uint type, long at) => type == GgufValue.StringType
        ? GgufValue.Of(Text($"'{key}'"))
        : GgufValue.Of(type, Take(SizeOf(key, type, at)), isArray: false);

    private GgufValue Numbers(string key, uint type, int count, long at)
    {
        int size = SizeOf(key, type, at);
        return GgufValue.Of(type, Take(checked((long)count * size)), isArray: true);
    }

    private GgufValue Strings(string key, int count)
    {
        // Eight bytes of length each, at least: a count that the file cannot hold allocates nothing.
        if (count > (file.Length - Offset) / 8)
        {
            throw Wrong(Offset, $"'{key}' claims {count} strings, which the rest of the file cannot hold");
        }

        ReadOnlySpan<byte> rest = file.Span(Offset, (int)(Math.Min(file.Length, MaxHeaderBytes) - Offset));
        int[] ends = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            int start = at + GgufValue.LengthBytes;
            ulong length = start <= rest.Length ? BinaryPrimitives.ReadUInt64LittleEndian(rest[at..]) : 0;
            if (start > rest.Length || length > (ulong)(rest.Length - start))
            {
                throw Wrong(Offset + at, $"'{key}'[{i}] is {length} bytes long and {Math.Max(0, rest.Length - start)} are left of the header or of the {MaxHeaderBytes} that are read");
            }

            at = start + (int)length;
            if (!System.Text.Unicode.Utf8.IsValid(rest[start..at]))
            {
                throw Wrong(Offset + start - GgufValue.LengthBytes, $"'{key}'[{i}] is not UTF-8");
            }

            ends[i] = at;
        }

        Offset += at;
        return GgufValue.OfTexts(rest[..at], ends);
    }

    private int SizeOf(string key, uint type, long at) =>
        GgufValue.SizeOf(type) ?? throw Wrong(at, $"'{key}' has the value type {type}, the last is 12");

    private ReadOnlySpan<byte> Bytes(string what)
    {
        long at = Offset;
        ulong length = UInt64();
        return length <= MaxStringBytes ? Take((long)length) : throw Wrong(at, $"{what} is {length} bytes long, at most {MaxStringBytes} are read");
    }

    private ReadOnlySpan<byte> Take(long bytes)
    {
        long at = Offset;
        if (bytes > file.Length - at)
        {
            throw Wrong(at, $"the file ends, {bytes} more bytes were announced");
        }

        if (at + bytes > MaxHeaderBytes)
        {
            throw Wrong(at, $"the header is longer than {MaxHeaderBytes} bytes");
        }

        Offset = at + bytes;
        return file.Span(at, (int)bytes);
    }
}
