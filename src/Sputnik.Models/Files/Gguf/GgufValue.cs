using System.Buffers.Binary;
using System.Globalization;

namespace Sputnik.Models;

/// <summary>A metadata value of a GGUF file: a number, a string, or an array of either.</summary>
public sealed class GgufValue
{
    internal const uint BooleanType = 7;
    internal const uint StringType = 8;
    internal const uint ArrayType = 9;

    private readonly uint _type;
    private readonly byte[] _numbers;
    private readonly string[] _strings;

    private GgufValue(uint type, byte[] numbers, string[] strings, bool isArray)
    {
        _type = type;
        _numbers = numbers;
        _strings = strings;
        IsArray = isArray;
    }

    /// <summary>An array, be it of one item.</summary>
    public bool IsArray { get; }

    /// <summary>Items: 1 for a single value.</summary>
    public int Count => _type == StringType ? _strings.Length : _numbers.Length / (SizeOf(_type) ?? 1);

    /// <summary>Whether it holds text.</summary>
    public bool IsText => _type == StringType;

    /// <summary>The strings, where it holds text; otherwise none.</summary>
    public IReadOnlyList<string> Strings => _strings;

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
        1 when IsText => _strings[0],
        1 => Number().GetValueOrDefault().ToString(CultureInfo.InvariantCulture),
        _ => $"[{Count}]",
    };

    /// <summary>Text.</summary>
    public static GgufValue Of(string text) => new(StringType, [], [text], isArray: false);

    /// <summary>An array of text.</summary>
    public static GgufValue Of(IEnumerable<string> texts) => new(StringType, [], [.. texts], isArray: true);

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
    public static GgufValue Of(ReadOnlySpan<int> numbers) => new(5, System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers).ToArray(), [], isArray: true);

    /// <summary>Real numbers.</summary>
    public static GgufValue Of(ReadOnlySpan<float> numbers) => new(6, System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers).ToArray(), [], isArray: true);

    internal static GgufValue Of(uint type, ReadOnlySpan<byte> items, bool isArray) => new(type, items.ToArray(), [], isArray);

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

        stream.Write(_numbers);
        foreach (string text in _strings)
        {
            GgufWriter.Text(stream, text);
        }
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

    private static byte[] Bytes(uint number) => BitConverter.GetBytes(number);

    private ReadOnlySpan<byte> At(int index, int size) => _numbers.AsSpan(checked(index * size), size);
}
