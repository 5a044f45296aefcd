namespace Sputnik.Generation;

/// <summary>One bit a token of the vocabulary: set = may come next.</summary>
public sealed class TokenMask
{
    private readonly ulong[] _words;

    /// <summary>A mask that allows every token.</summary>
    public TokenMask(int vocabularySize)
    {
        VocabularySize = vocabularySize;
        _words = new ulong[(vocabularySize + 63) / 64];
        AllowAll();
    }

    /// <summary>Tokens it speaks of.</summary>
    public int VocabularySize { get; }

    /// <summary>64 tokens a word, the lowest id in the lowest bit. Bits beyond the vocabulary mean nothing.</summary>
    public Span<ulong> Words => _words;

    /// <summary>Whether a token may come next.</summary>
    public bool this[int token]
    {
        get => (_words[token / 64] >> (token % 64) & 1) != 0;
        set => _words[token / 64] = value ? _words[token / 64] | (1UL << (token % 64)) : _words[token / 64] & ~(1UL << (token % 64));
    }

    /// <summary>Sets every bit.</summary>
    public void AllowAll() => Array.Fill(_words, ulong.MaxValue);

    /// <summary>Clears every bit.</summary>
    public void AllowNone() => Array.Clear(_words);
}
