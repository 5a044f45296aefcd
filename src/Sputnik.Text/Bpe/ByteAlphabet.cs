namespace Sputnik.Text;

/// <summary>
/// The printable stand-in that byte-level vocabularies write for each byte: a byte that Latin-1 prints stands for itself,
/// the 68 others take the characters from U+0100 on, in order. (GPT-2; the "ByteLevel" of tokenizer.json.)
/// </summary>
internal static class ByteAlphabet
{
    private const short NoByte = short.MaxValue;

    // The printable bytes stand for themselves, so the others' stand-ins are 68.
    private const int Chars = 0x100 + 68;

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

    /// <summary>The bytes behind a spelling in UTF-8, one a character; false when a character stands for no byte.</summary>
    public static bool TryRead(ReadOnlySpan<byte> spelled, Span<byte> bytes, out int count)
    {
        count = 0;
        for (int i = 0; i < spelled.Length; i++)
        {
            int c = spelled[i];
            if (c >= 0x80)
            {
                // No stand-in has more than two bytes.
                bool two = c <= 0xDF && i + 1 < spelled.Length;
                c = two ? ((c & 0x1F) << 6) | (spelled[++i] & 0x3F) : NoByte;
            }

            int b = c < ByteOf.Length ? ByteOf[c] : NoByte;
            if (b == NoByte)
            {
                return false;
            }

            bytes[count++] = (byte)b;
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
        var bytes = new short[Chars];
        Array.Fill(bytes, NoByte);
        for (short b = 0; b < CharOf.Length; b++)
        {
            bytes[CharOf[b]] = b;
        }

        return bytes;
    }
}
