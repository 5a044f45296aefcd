using System.Globalization;

namespace Sputnik.Text;

/// <summary>
/// SentencePiece's spelling, in which ▁ is a space and <c>&lt;0xNN&gt;</c> a byte. Here tokens and text both have the space
/// itself: a ▁ that is typed reads as a space, as it does to SentencePiece.
/// </summary>
internal static class SentencePieceText
{
    private const char Space = '\u2581';

    private static ReadOnlySpan<byte> SpaceUtf8 => "\u2581"u8;

    /// <summary>A text with spaces for ▁.</summary>
    public static string Read(string spelled) => spelled.Replace(Space, ' ');

    /// <summary>A token in UTF-8 with spaces for ▁; gives its length. It may be written in the spelling's place.</summary>
    public static int Read(ReadOnlySpan<byte> spelled, Span<byte> bytes)
    {
        int count = 0;
        for (int at = spelled.IndexOf(SpaceUtf8); at >= 0; at = spelled.IndexOf(SpaceUtf8))
        {
            spelled[..at].CopyTo(bytes[count..]);
            bytes[count + at] = (byte)' ';
            count += at + 1;
            spelled = spelled[(at + SpaceUtf8.Length)..];
        }

        spelled.CopyTo(bytes[count..]);
        return count + spelled.Length;
    }

    /// <summary>The byte that a token stands for; null when it is not of the form <c>&lt;0xNN&gt;</c>.</summary>
    public static byte? ReadByte(ReadOnlySpan<byte> token) =>
        token.Length == 6 && token.StartsWith("<0x"u8) && token[5] == '>'
        && byte.TryParse(token.Slice(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte b)
            ? b
            : null;
}
