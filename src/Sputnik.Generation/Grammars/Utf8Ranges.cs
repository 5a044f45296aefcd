namespace Sputnik.Generation.Grammars;

/// <summary>
/// Characters as sequences of byte sets in UTF-8: a range is cut until each byte of its first and its last character
/// bounds one range of bytes.
/// </summary>
internal static class Utf8Ranges
{
    /// <summary>The sequences of a set, those of one byte together in one.</summary>
    public static List<ByteSet[]> Of(CodePoints points)
    {
        ByteSet ascii = default;
        List<ByteSet[]> sequences = [];
        Stack<(int First, int Last)> left = new();
        foreach ((int First, int Last) range in points.Ranges)
        {
            left.Push(range);
            while (left.TryPop(out (int First, int Last) part))
            {
                if (Cut(part) is int end)
                {
                    left.Push((end + 1, part.Last));
                    left.Push((part.First, end));
                }
                else if (part.Last < 0x80)
                {
                    ascii = ascii.Union(ByteSet.Range((byte)part.First, (byte)part.Last));
                }
                else
                {
                    sequences.Add(Encoded(part.First, part.Last));
                }
            }
        }

        if (ascii != default)
        {
            sequences.Insert(0, [ascii]);
        }

        return sequences;
    }

    /// <summary>The last character of a first part that has to be parted from the rest; null where the range is whole.</summary>
    private static int? Cut((int First, int Last) range)
    {
        foreach (int longest in (ReadOnlySpan<int>)[0x7F, 0x7FF, 0xFFFF])
        {
            if (range.First <= longest && longest < range.Last)
            {
                return longest;
            }
        }

        for (int bits = 6; bits < 6 * Length(range.First); bits += 6)
        {
            int mask = (1 << bits) - 1;
            if ((range.First & ~mask) == (range.Last & ~mask))
            {
                continue;
            }

            if ((range.First & mask) != 0)
            {
                return range.First | mask;
            }

            if ((range.Last & mask) != mask)
            {
                return (range.Last & ~mask) - 1;
            }
        }

        return null;
    }

    private static int Length(int point) => point switch { < 0x80 => 1, < 0x800 => 2, < 0x10000 => 3, _ => 4 };

    private static ByteSet[] Encoded(int first, int last)
    {
        int length = Length(first);
        var sets = new ByteSet[length];
        for (int i = length - 1; i > 0; i--)
        {
            sets[i] = ByteSet.Range((byte)(0x80 | (first & 0x3F)), (byte)(0x80 | (last & 0x3F)));
            first >>= 6;
            last >>= 6;
        }

        int lead = length switch { 2 => 0xC0, 3 => 0xE0, _ => 0xF0 };
        sets[0] = ByteSet.Range((byte)(lead | first), (byte)(lead | last));
        return sets;
    }
}
