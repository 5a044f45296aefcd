using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Sputnik.Models;

/// <summary>A metadata value of a GGUF file: a number, a string, or an array of either.</summary>
public sealed class GgufValue
{
    internal const uint BooleanType = 7;
    internal const uint StringType = 8;
    internal const uint ArrayType = 9;

    /// <summary>Bytes of a text's length, which stands before it.</summary>
    internal const int LengthBytes = sizeof(ulong);

    private readonly uint _type;
    private readonly byte[] _items;
    private readonly int[] _ends;

    // Items as they are stored, and where each text ends: a vocabulary's strings are made only when somebody wants one.
    private GgufValue(uint type, byte[] items, int[] ends, bool isArray)
    {
        _type = type;
        _items = items;
        _ends = ends;
        IsArray = isArray;
    }

    /// <summary>An array, be it of one item.</summary>
    public bool IsArray { get; }

    /// <summary>Items: 1 for a single value.</summary>
    public int Count => IsText ? _ends.Length : _items.Length / (SizeOf(_type) ?? 1);

    /// <summary>Whether it holds text.</summary>
    public bool IsText => _type == StringType;

    /// <summary>An item as text; null where it holds none.</summary>
    public string? Text(int index = 0) => IsText ? Encoding.UTF8.GetString(Utf8(index).Span) : null;

    /// <summary>The UTF-8 of an item that is text.</summary>
    public ReadOnlyMemory<byte> Utf8(int index)
    {
        int start = (index == 0 ? 0 : _ends[index - 1]) + LengthBytes;
        return _items.AsMemory(start, _ends[index] - start);
    }

    /// <summary>An item as a real number; null where it is text.</summary>
    public double? Number(int index = 0) => _type switch
    {
        6 => BinaryPrimitives.ReadSingleLittleEndian(At(index, 4)),
        12 => BinaryPrimitives.ReadDoubleLittleEndian(At(index, 8)),
        StringType => null,
        _ => Whole(index),
    };

    /// <summary>An item as an integer, a truth value as 0 or 1; null where it is text, a real number, or beyond 64 bits.</summary>
    public long? Whole(int index = 0) => _type switch
    {
        0 or BooleanType => At(index, 1)[0],
        1 => (sbyte)At(index, 1)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(At(index, 2)),
        3 => BinaryPrimitives.ReadInt16LittleEndian(At(index, 2)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(At(index, 4)),
        5 => BinaryPrimitives.ReadInt32LittleEndian(At(index, 4)),
        10 when BinaryPrimitives.ReadUInt64LittleEndian(At(index, 8)) is <= long.MaxValue and ulong whole => (long)whole,
        11 => BinaryPrimitives.ReadInt64LittleEndian(At(index, 8)),
        _ => null,
    };

    /// <summary>As a person would read it; long arrays by their length.</summary>
    public override string ToString() => Count switch
    {
        1 => Text() ?? Number().GetValueOrDefault().ToString(CultureInfo.InvariantCulture),
        _ => $"[{Count}]",
    };

    /// <summary>Text.</summary>
    public static GgufValue Of(string text) => Of([text], isArray: false);

    /// <summary>An array of text.</summary>
    public static GgufValue Of(IEnumerable<string> texts) => Of(texts, isArray: true);

    /// <summary>A count.</summary>
    public static GgufValue Of(uint count) => new(4, Bytes(count), [], isArray: false);

    /// <summary>A real number.</summary>
    public static GgufValue Of(float number) => new(6, Bytes(BitConverter.SingleToUInt32Bits(number)), [], isArray: false);

    /// <summary>A truth value.</summary>
    public static GgufValue Of(bool truth) => new(BooleanType, [truth ? (byte)1 : (byte)0], [], isArray: false);

    /// <summary>A number with a sign.</summary>
    internal static GgufValue Of(int number) => new(5, Bytes((uint)number), [], isArray: false);

    /// <summary>A count in two bytes.</summary>
    internal static GgufValue OfShort(ushort count) => new(2, BitConverter.GetBytes(count), [], isArray: false);

    /// <summary>Numbers with a sign.</summary>
    public static GgufValue Of(ReadOnlySpan<int> numbers) => new(5, MemoryMarshal.AsBytes(numbers).ToArray(), [], isArray: true);

    /// <summary>Real numbers.</summary>
    public static GgufValue Of(ReadOnlySpan<float> numbers) => new(6, MemoryMarshal.AsBytes(numbers).ToArray(), [], isArray: true);

    internal static GgufValue Of(uint type, ReadOnlySpan<byte> items, bool isArray) => new(type, items.ToArray(), [], isArray);

    /// <summary>An array of text as it is stored: each its length in eight bytes, then UTF-8.</summary>
    internal static GgufValue OfTexts(ReadOnlySpan<byte> items, int[] ends) => new(StringType, items.ToArray(), ends, isArray: true);

    /// <summary>Appends the value as a header has it: its type, and an array's item type and length.</summary>
    internal void Write(Stream stream)
    {
        if (IsArray)
        {
            stream.Write(Bytes(ArrayType));
        }

        stream.Write(Bytes(_type));
        if (IsArray)
        {
            stream.Write(BitConverter.GetBytes((ulong)Count));
        }

        stream.Write(_items);
    }

    /// <summary>Bytes of a number; null for what is none.</summary>
    internal static int? SizeOf(uint type) => type switch
    {
        0 or 1 or BooleanType => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => null,
    };

    private static GgufValue Of(IEnumerable<string> texts, bool isArray)
    {
        using MemoryStream items = new();
        List<int> ends = [];
        foreach (string text in texts)
        {
            GgufWriter.Text(items, text);
            ends.Add(checked((int)items.Length));
        }

        return new(StringType, items.ToArray(), [.. ends], isArray);
    }

    private static byte[] Bytes(uint number) => BitConverter.GetBytes(number);

    private ReadOnlySpan<byte> At(int index, int size) => _items.AsSpan(checked(index * size), size);
}
