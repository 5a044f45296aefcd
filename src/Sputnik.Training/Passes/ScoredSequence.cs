namespace Sputnik.Training;

/// <summary>A whole sequence and the part of it that is learned: every token from <see cref="From"/> on, given all before it.</summary>
public sealed record ScoredSequence
{
    /// <summary>A sequence of at least two tokens, learned from token <paramref name="from"/>, at least 1: the first is only given.</summary>
    public ScoredSequence(int[] tokens, int from = 1)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (from < 1 || from >= tokens.Length)
        {
            throw new ArgumentException($"A sequence of {tokens.Length} tokens can be learned from token 1 to {tokens.Length - 1}, got {from}.", nameof(from));
        }

        Tokens = tokens;
        From = from;
    }

    /// <summary>Token ids.</summary>
    public int[] Tokens { get; }

    /// <summary>Index of the first token that is learned.</summary>
    public int From { get; }

    /// <summary>Tokens that are learned.</summary>
    public int Count => Tokens.Length - From;

    /// <summary>Rows of a forward pass: the last token is only foretold.</summary>
    public int Rows => Tokens.Length - 1;
}
