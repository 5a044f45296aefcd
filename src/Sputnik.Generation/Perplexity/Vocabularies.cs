using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>Whether two tokenizers mean the same by every id.</summary>
public static class Vocabularies
{
    /// <summary>Throws unless both have the same tokens in the same order.</summary>
    /// <exception cref="ArgumentException">They differ; says where.</exception>
    public static void RequireSame(Tokenizer one, Tokenizer other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        int shared = Math.Min(one.VocabularySize, other.VocabularySize);
        int differing = Enumerable.Range(0, shared).FirstOrDefault(id => !one.Bytes(id).SequenceEqual(other.Bytes(id)), shared);
        if (differing < shared)
        {
            throw new ArgumentException(
                $"The two models have different vocabularies, of {one.VocabularySize} and {other.VocabularySize} tokens: token {differing} is '{one.Decode([differing])}' in one and '{other.Decode([differing])}' in the other.");
        }

        if (one.VocabularySize != other.VocabularySize)
        {
            throw new ArgumentException(
                $"The two models have different vocabularies, of {one.VocabularySize} and {other.VocabularySize} tokens, alike up to {shared}.");
        }
    }
}
