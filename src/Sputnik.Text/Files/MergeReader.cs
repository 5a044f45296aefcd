using System.Text;

namespace Sputnik.Text;

/// <summary>Turns written merges into ids.</summary>
/// <param name="vocabulary">The tokens.</param>
/// <param name="sentencePiece">Whether tokens are written as SentencePiece does; else in GPT-2's alphabet.</param>
internal sealed class MergeReader(Vocabulary vocabulary, bool sentencePiece = false)
{
    private byte[] _bytes = new byte[256];

    /// <summary>Reads merges, best first.</summary>
    /// <exception cref="InvalidDataException">A merge is not of tokens, or is there twice.</exception>
    public BpeMerges Read(IEnumerable<MergeText> texts, int count)
    {
        var merges = new BpeMerges(count);
        foreach (MergeText text in texts)
        {
            Add(merges, text);
        }

        return merges;
    }

    private void Add(BpeMerges merges, MergeText text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Text.Length);
        if (_bytes.Length < most)
        {
            _bytes = new byte[most];
        }

        int middle = Read(text.Left, _bytes);
        int end = middle + Read(text.Right, _bytes.AsSpan(middle));
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, end);
        if (middle == 0 || end == middle
            || !vocabulary.TryFind(bytes[..middle], out int left)
            || !vocabulary.TryFind(bytes[middle..], out int right)
            || !vocabulary.TryFind(bytes, out int id))
        {
            throw new InvalidDataException($"merge '{text.Left} {text.Right}' must be two tokens of the vocabulary whose join is in it too");
        }

        if (!merges.TryAdd(left, right, id))
        {
            throw new InvalidDataException($"merge '{text.Left} {text.Right}' is there twice");
        }
    }

    private int Read(ReadOnlySpan<char> spelled, Span<byte> bytes)
    {
        if (sentencePiece)
        {
            return Encoding.UTF8.GetBytes(SentencePieceText.Read(spelled.ToString()), bytes);
        }

        return ByteAlphabet.TryRead(spelled, bytes) ? spelled.Length : 0;
    }
}
