using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Turns ids to text one by one and gives out whole characters only: the first bytes of a character wait for the rest.
/// All that it gives out is together what <see cref="Tokenizer.Decode"/> gives. For one stream; not for several threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="skipControl">Leave out tokens without text of their own, such as begin and end; the thinking tags always appear.</param>
/// <param name="continues">The ids go on with a text: the space that SentencePiece writes before a text is not taken away.</param>
public sealed class StreamDecoder(Tokenizer tokenizer, bool skipControl = false, bool continues = false)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private char[] _chars = new char[32];
    private bool _opens = !continues && tokenizer.Parts.SpacePrefix != SpacePrefix.Never;

    /// <summary>Takes the next id and returns the text that is now complete, often "" and never half a character.</summary>
    /// <exception cref="ArgumentException">The id is not in the vocabulary.</exception>
    public string Push(int id)
    {
        ReadOnlySpan<byte> bytes = tokenizer.Bytes(id);
        TokenKind kind = tokenizer.Kind(id);
        if (kind is TokenKind.Normal or TokenKind.Byte)
        {
            bool dropsSpace = _opens && kind == TokenKind.Normal && bytes is [(byte)' ', ..];
            _opens = false;
            return Read(dropsSpace ? bytes[1..] : bytes, flush: false);
        }

        // A special token ends the character before it: what is incomplete there stays so.
        string before = Flush();
        if (skipControl && kind != TokenKind.UserDefined)
        {
            return before;
        }

        _opens = false;
        return before + Read(bytes, flush: false);
    }

    /// <summary>Ends the stream: what waits for more bytes comes out as U+FFFD. The decoder then goes on as after a text.</summary>
    public string Flush() => Read([], flush: true);

    private string Read(ReadOnlySpan<byte> bytes, bool flush)
    {
        int most = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (_chars.Length < most)
        {
            _chars = new char[most];
        }

        int count = _utf8.GetChars(bytes, _chars, flush);
        return count == 0 ? "" : new string(_chars, 0, count);
    }
}
