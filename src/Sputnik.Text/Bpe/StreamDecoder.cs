using System.Text;

namespace Sputnik.Text;

/// <summary>
/// Turns ids to text one by one and gives out whole characters only: the first bytes of a character wait for the rest.
/// All that it gives out is together what <see cref="Tokenizer.Decode"/> gives. For one stream; not for several threads.
/// </summary>
/// <param name="tokenizer">The vocabulary.</param>
/// <param name="skipControl">Leave out begin, end, user and assistant tokens; the thinking tags always appear.</param>
public sealed class StreamDecoder(Tokenizer tokenizer, bool skipControl = false)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private char[] _chars = new char[32];

    /// <summary>Takes the next id and returns the text that is now complete, often "" and never half a character.</summary>
    /// <exception cref="ArgumentException">The id is not in the vocabulary.</exception>
    public string Push(int id)
    {
        ReadOnlySpan<byte> bytes = tokenizer.Bytes(id);
        if (!tokenizer.Special.Contains(id))
        {
            return Read(bytes, flush: false);
        }

        // A special token ends the character before it: what is incomplete there stays so.
        string before = Flush();
        return skipControl && tokenizer.Special.IsControl(id) ? before : before + Read(bytes, flush: false);
    }

    /// <summary>Ends the stream: what waits for more bytes comes out as U+FFFD. The decoder is then as new.</summary>
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
