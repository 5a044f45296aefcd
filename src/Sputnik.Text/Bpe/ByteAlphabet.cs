namespace Sputnik.Text;

/// <summary>
/// The printable stand-in that byte-level vocabularies write for each byte: a byte that Latin-1 prints stands for itself,
/// the 68 others take the characters from U+0100 on, in order. (GPT-2; the "ByteLevel" of tokenizer.json.)
/// </summary>
internal static class ByteAlphabet
{
    private const short NoByte = 256;

    private static readonly char[] CharOf = BuildCharOf();
    private static readonly short[] ByteOf = BuildByteOf();

    /// <summary>The bytes as a vocabulary file spells them.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, bytes, static (spelled, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                spelled[i] = CharOf[source[i]];
            }
        });

    /// <summary>The bytes behind a spelling; null when a character stands for no byte.</summary>
    public static byte[]? Read(string spelled)
    {
        var bytes = new byte[spelled.Length];
        return TryRead(spelled, bytes) ? bytes : null;
    }

    /// <summary>The bytes behind a spelling, one a character; false when a character stands for no byte.</summary>
    public static bool TryRead(ReadOnlySpan<char> spelled, Span<byte> bytes)
    {
        for (int i = 0; i < spelled.Length; i++)
        {
            int b = spelled[i] < ByteOf.Length ? ByteOf[spelled[i]] : NoByte;
            if (b == NoByte)
            {
                return false;
            }

            bytes[i] = (byte)b;
        }

        return true;
    }

    private static char[] BuildCharOf()
    {
        var chars = new char[256];
        char standIn = '\u0100';
        for (int b = 0; b < chars.Length; b++)
        {
            bool printable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            chars[b] = printable ? (char)b : standIn++;
        }

        return chars;
    }

    private static short[] BuildByteOf()
    {
        var bytes = new short[CharOf.Max() + 1];
        Array.Fill(bytes, NoByte);
        for (short b = 0; b < CharOf.Length; b++)
        {
            bytes[CharOf[b]] = b;
        }

        return bytes;
    }
}
