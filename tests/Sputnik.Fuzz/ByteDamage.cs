using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>Damage that knows nothing of the format: flipped bits, lost, doubled and appended bytes.</summary>
internal static class ByteDamage
{
    // The ends of ranges and their neighbours, in the widths that formats store.
    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 7, 31, 33, 127, 128, 255, 256, 511, 513, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000,
        0x3FFFFFFFFFFFFFFF, 0x4000000000000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF,
    ];

    /// <summary>A number that readers stumble over.</summary>
    public static ulong Number(ref CounterRandom random) => Numbers[random.NextInt(0, Numbers.Length - 1)];

    /// <summary>One to four edits, the first <paramref name="head"/> bytes hit more often than the rest.</summary>
    public static byte[] Apply(byte[] file, int head, ref CounterRandom random)
    {
        for (int edits = random.NextInt(1, 4); edits > 0 && file.Length > 1; edits--)
        {
            int at = random.NextInt(0, random.NextInt(0, 3) > 0 ? Math.Min(head, file.Length) - 1 : file.Length - 1);
            file = Edit(file, at, ref random);
        }

        return file;
    }

    private static byte[] Edit(byte[] file, int at, ref CounterRandom random)
    {
        byte[] copy = [.. file];
        switch (random.NextInt(0, 6))
        {
            case 0:
                copy[at] = (byte)random.NextInt(0, 255);
                return copy;
            case 1:
                copy[at] ^= (byte)(1 << random.NextInt(0, 7));
                return copy;
            case 2:
                byte[] number = BitConverter.GetBytes(Number(ref random));
                number.AsSpan(0, Math.Min(random.NextInt(0, 1) == 0 ? 4 : 8, copy.Length - at)).CopyTo(copy.AsSpan(at));
                return copy;
            case 3:
                return copy[..at];
            case 4:
                return [.. copy[..at], .. copy[Math.Min(copy.Length, at + random.NextInt(1, 64))..]];
            case 5:
                return [.. copy[..at], .. copy[Math.Max(0, at - random.NextInt(1, 64))..]];
            default:
                return [.. copy, .. new byte[random.NextInt(1, 64)]];
        }
    }
}
