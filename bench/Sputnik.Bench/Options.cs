using System.Globalization;

namespace Sputnik.Bench;

/// <summary>What a verb was asked for, word by word: <c>--save --rounds 3 --threads 1 --only quick</c>.</summary>
/// <param name="words">Words after the verb.</param>
internal sealed class Options(string[] words)
{
    /// <summary>Whether the result is kept with the repository.</summary>
    public bool Save => words.Contains("--save");

    /// <summary>Rounds of every measurement.</summary>
    public int Rounds(int @default) => After("--rounds") is string rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : @default;

    /// <summary>Thread counts to measure with.</summary>
    public IReadOnlyList<int> Threads => After("--threads") is string threads ? [int.Parse(threads, CultureInfo.InvariantCulture)] : [1, 2];

    /// <summary>Whether a measurement of this name is wanted.</summary>
    public bool Wants(string name) => After("--only") is not string only || name.Contains(only, StringComparison.OrdinalIgnoreCase);

    /// <summary>The word after a word; null where that is not said.</summary>
    public string? Text(string word) => After(word);

    /// <summary>The number after a word.</summary>
    public double Number(string word, double @default) => After(word) is string number ? double.Parse(number, CultureInfo.InvariantCulture) : @default;

    /// <summary>The range after a word: <c>16-512</c>, or a number.</summary>
    public (int Least, int Most) Range(string word, (int Least, int Most) @default) => After(word)?.Split('-') is not string[] ends
        ? @default
        : (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));

    private string? After(string word)
    {
        int at = Array.IndexOf(words, word);
        return at >= 0 && at + 1 < words.Length ? words[at + 1] : null;
    }
}
