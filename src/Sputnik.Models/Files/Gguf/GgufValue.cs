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

    private GgufValue(uint type, byte[] numbers, string[] strings)
    {
        _type = type;
        _numbers = numbers;
        _strings = strings;
    }

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

    internal static GgufValue Of(params string[] strings) => new(StringType, [], strings);

    internal static GgufValue Of(uint type, ReadOnlySpan<byte> items) => new(type, items.ToArray(), []);

    /// <summary>Bytes of a number; null for what is none.</summary>
    internal static int? SizeOf(uint type) => type switch
    {
        0 or 1 or BooleanType => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => null,
    };

    private ReadOnlySpan<byte> At(int index, int size) => _numbers.AsSpan(checked(index * size), size);
}
