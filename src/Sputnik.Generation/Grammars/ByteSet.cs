namespace Sputnik.Generation.Grammars;

/// <summary>A set of byte values.</summary>
/// <param name="Low">Bytes 0 to 127, the lowest in the lowest bit.</param>
/// <param name="High">Bytes 128 to 255.</param>
internal readonly record struct ByteSet(UInt128 Low, UInt128 High)
{
    /// <summary>Every byte.</summary>
    public static ByteSet All => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>The bytes from one to another, both included.</summary>
    public static ByteSet Range(byte first, byte last)
    {
        ByteSet set = default;
        for (int value = first; value <= last; value++)
        {
            set = set.With((byte)value);
        }

        return set;
    }

    /// <summary>Whether a byte belongs to it.</summary>
    public bool Contains(byte value) => ((value < 128 ? Low >> value : High >> (value - 128)) & 1) != 0;

    /// <summary>This set and one byte more.</summary>
    public ByteSet With(byte value) => value < 128 ? this with { Low = Low | (UInt128.One << value) } : this with { High = High | (UInt128.One << (value - 128)) };

    /// <summary>What either set holds.</summary>
    public ByteSet Union(ByteSet other) => new(Low | other.Low, High | other.High);
}
