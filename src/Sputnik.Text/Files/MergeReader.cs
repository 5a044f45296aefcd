namespace Sputnik.Text;

/// <summary>Turns written merges into ids.</summary>
/// <param name="vocabulary">The tokens.</param>
/// <param name="sentencePiece">Whether tokens are written as SentencePiece does; else in GPT-2's alphabet.</param>
internal sealed class MergeReader(Vocabulary vocabulary, bool sentencePiece = false)
{
    private byte[] _bytes = new byte[256];

    /// <summary>Reads merges, best first.</summary>
    /// <exception cref="InvalidDataException">A merge is not of tokens, or is there twice.</exception>
    public BpeMerges Read(IReadOnlyList<MergeText> texts)
    {
        var merges = new BpeMerges(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            Add(merges, texts[i]);
        }

        return merges;
    }

    /// <summary>Reads merges written "left right", best first.</summary>
    /// <exception cref="InvalidDataException">A merge is not of tokens, or is there twice.</exception>
    public BpeMerges Read(Utf8Texts lines)
    {
        var merges = new BpeMerges(lines.Count);
        for (int i = 0; i < lines.Count; i++)
        {
            Add(merges, MergeText.Parse(lines.Utf8(i)));
        }

        return merges;
    }

    private void Add(BpeMerges merges, MergeText text)
    {
        // A token has at most as many bytes as its spelling.
        int most = text.Left.Length + text.Right.Length;
        if (_bytes.Length < most)
        {
            _bytes = new byte[most];
        }

        int end = 0;
        bool spelled = TokenizerSpelling.TryRead(text.Left.Span, sentencePiece, _bytes, out int middle)
            && TokenizerSpelling.TryRead(text.Right.Span, sentencePiece, _bytes.AsSpan(middle), out end);
        ReadOnlySpan<byte> left = _bytes.AsSpan(0, middle), right = _bytes.AsSpan(middle, end);
        if (!spelled || middle == 0 || end == 0
            || !vocabulary.TryFind(left, out int leftId)
            || !vocabulary.TryFind(right, out int rightId)
            || !vocabulary.TryFind(_bytes.AsSpan(0, middle + end), out int id))
        {
            throw new InvalidDataException($"merge '{text}' must be two tokens of the vocabulary whose join is in it too");
        }

        if (!merges.TryAdd(leftId, rightId, id))
        {
            throw new InvalidDataException($"merge '{text}' is there twice");
        }
    }
}
