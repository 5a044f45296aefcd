using Sputnik.Text;

namespace Sputnik.Generation;

/// <summary>
/// A text cut into windows of equal length, each read from an empty cache; what is left at the end is not read. The first
/// half of a window is context only, since its tokens have too little before them. As llama-perplexity does.
/// </summary>
public sealed class TextWindows
{
    /// <summary>The shortest window whose second half has a token to score.</summary>
    public const int ShortestLength = 4;

    private readonly int[] _tokens;
    private readonly int? _opening;

    /// <param name="tokens">The whole text.</param>
    /// <param name="length">Tokens of a window.</param>
    /// <param name="opening">Stands in the place of every window's first token: what begins a text, where the model learned with it.</param>
    public TextWindows(int[] tokens, int length, int? opening = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, ShortestLength);
        if (tokens.Length < length)
        {
            throw new ArgumentException($"The text has {tokens.Length} tokens and a window {length}: take a longer text or a shorter context.", nameof(tokens));
        }

        _tokens = tokens;
        _opening = opening;
        Length = length;
    }

    /// <summary>Cuts a text, whose special tokens are plain characters.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <param name="length">Tokens of a window.</param>
    /// <param name="all">See <see cref="All"/>.</param>
    /// <param name="most">See <see cref="Most"/>; null = all there are.</param>
    public static TextWindows Of(string text, Tokenizer tokenizer, int length, bool all = false, int? most = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        int? opening = tokenizer.AddBos ? tokenizer.BosId : null;
        int[] ids = tokenizer.Encode(text);
        return new(opening is int bos ? [bos, .. ids] : ids, length, opening) { All = all, Most = most ?? int.MaxValue };
    }

    /// <summary>Tokens of a window.</summary>
    public int Length { get; }

    /// <summary>Score every token but a window's first, those with little context too.</summary>
    public bool All { get; init; }

    /// <summary>Windows to read at most.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Windows that are read.</summary>
    public int Count => Math.Min(Most, _tokens.Length / Length);

    /// <summary>Tokens of the text.</summary>
    public int Tokens => _tokens.Length;

    /// <summary>Position of the first row that is scored, by the token after it.</summary>
    public int FirstScored => All ? 0 : Length / 2;

    /// <summary>The tokens of a window.</summary>
    public int[] this[int window]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)window, (uint)Count);
            int[] tokens = _tokens[(window * Length)..((window + 1) * Length)];
            tokens[0] = _opening ?? tokens[0];
            return tokens;
        }
    }
}
