using System.Text;

namespace Sputnik.Text;

/// <summary>Tokens as vocabulary files write them: in GPT-2's alphabet, or with ▁ for a space.</summary>
internal sealed class TokenizerSpelling(TokenizerParts parts)
{
    private const char Blank = '\u2581';

    /// <summary>The spelling of a token.</summary>
    public string Of(int id)
    {
        ReadOnlySpan<byte> bytes = parts.Vocabulary.Bytes(id);
        return (parts.Vocabulary.Kind(id), parts.SentencePiece) switch
        {
            (TokenKind.Byte, _) => $"<0x{bytes[0]:X2}>",
            (TokenKind.Normal, false) => ByteAlphabet.Spell(bytes),
            (TokenKind.Normal or TokenKind.Unused, true) => Encoding.UTF8.GetString(bytes).Replace(' ', Blank),
            _ => Encoding.UTF8.GetString(bytes),
        };
    }

    /// <summary>The bytes of a normal token; false when a character stands for none.</summary>
    /// <param name="spelled">How it is written, in UTF-8.</param>
    /// <param name="sentencePiece">Whether as SentencePiece does; else in GPT-2's alphabet.</param>
    /// <param name="bytes">Takes them: never more than the spelling has, in whose place they may be written.</param>
    /// <param name="count">How many there are.</param>
    public static bool TryRead(ReadOnlySpan<byte> spelled, bool sentencePiece, Span<byte> bytes, out int count)
    {
        if (!sentencePiece)
        {
            return ByteAlphabet.TryRead(spelled, bytes, out count);
        }

        count = SentencePieceText.Read(spelled, bytes);
        return true;
    }
}
