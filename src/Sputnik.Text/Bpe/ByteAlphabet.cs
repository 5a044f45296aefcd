namespace Sputnik.Text;

/// <summary>
/// The printable stand-in that byte-level vocabularies write for each byte: a byte that Latin-1 prints stands for itself,
/// the 68 others take the characters from U+0100 on, in order. (GPT-2; the "ByteLevel" of tokenizer.json.)
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] CharOf = BuildCharOf();
    private static readonly Dictionary<char, byte> ByteOf = BuildByteOf();

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
        for (int i = 0; i < bytes.Length; i++)
        {
            if (!ByteOf.TryGetValue(spelled[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
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

    private static Dictionary<char, byte> BuildByteOf()
    {
        var bytes = new Dictionary<char, byte>(256);
        for (int b = 0; b < CharOf.Length; b++)
        {
            bytes[CharOf[b]] = (byte)b;
        }

        return bytes;
    }
}
