using System.Globalization;

namespace Sputnik.Text;

/// <summary>
/// SentencePiece's spelling, in which ▁ is a space and <c>&lt;0xNN&gt;</c> a byte. Here tokens and text both have the space
/// itself: a ▁ that is typed reads as a space, as it does to SentencePiece.
/// </summary>
internal static class SentencePieceText
{
    private const char Space = '\u2581';

    /// <summary>A token or a text with spaces for ▁.</summary>
    public static string Read(string spelled) => spelled.Replace(Space, ' ');

    /// <summary>The byte that a token stands for; null when it is not of the form <c>&lt;0xNN&gt;</c>.</summary>
    public static byte? ReadByte(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte b)
            ? b
            : null;
}
