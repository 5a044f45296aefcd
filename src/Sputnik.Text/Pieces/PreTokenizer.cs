namespace Sputnik.Text;

/// <summary>
/// Cuts text into the pieces that merges never cross: patterns applied one after the other, each to the pieces of the one
/// before; a match is a piece and so is a gap between two ("Isolated" in tokenizer.json).
/// </summary>
/// <remarks>Hand-written over runes: a regex works on UTF-16, takes quadratic time on bad input, and is slower.</remarks>
internal sealed class PreTokenizer
{
    private readonly PieceRule[] _rules;

    private PreTokenizer(string name, params (string Pattern, PieceRule Rule)[] steps)
    {
        Name = name;
        Patterns = [.. steps.Select(step => step.Pattern)];
        _rules = [.. steps.Select(step => step.Rule)];
    }

    /// <summary>As for DeepSeek V3, but with single digits: the cut of vocabularies trained here.</summary>
    public static PreTokenizer Sputnik { get; } = new(
        "sputnik", (@"\p{N}", RunRules.Numbers(1)), PiecePatterns.ChineseAndKana, PiecePatterns.DeepSeekV3);

    /// <summary>SentencePiece's text as one piece.</summary>
    private static PreTokenizer Whole { get; } = new("whole");

    /// <summary>SentencePiece's text by words, where no token goes on behind a blank.</summary>
    private static PreTokenizer WordsWithBlanks { get; } = new("words with blanks", (" *[^ ]*", RunRules.WordWithBlanks));

    /// <summary>Every cut that tokenizer.json or GGUF may ask for; the names are GGUF's (tokenizer.ggml.pre).</summary>
    public static IReadOnlyList<PreTokenizer> Known { get; } =
    [
        new("deepseek-v3", (@"\p{N}{1,3}", RunRules.Numbers(3)), PiecePatterns.ChineseAndKana, PiecePatterns.DeepSeekV3),
        new(
            "deepseek-llm",
            PiecePatterns.LineEnd,
            PiecePatterns.SpaceAndCasedLetters,
            PiecePatterns.SpaceAndPunctuation,
            PiecePatterns.LastSpaces,
            PiecePatterns.EastAsian,
            (@"\p{N}+", RunRules.Numbers())),
        new(
            "deepseek-llm, single digits",
            PiecePatterns.LineEnd,
            PiecePatterns.SpaceAndCasedLetters,
            PiecePatterns.SpaceAndPunctuation,
            PiecePatterns.LastSpaces,
            PiecePatterns.EastAsian,
            (@"\p{N}", RunRules.Numbers(1))),
        new(
            "deepseek-coder",
            PiecePatterns.LineEnd,
            (@"\s?\p{L}+", RunRules.SpaceAnd(RuneClass.Letter)),
            (@"\s?\p{P}+", RunRules.SpaceAnd(RuneClass.Punctuation)),
            PiecePatterns.EastAsian,
            (@"\p{N}", RunRules.Numbers(1))),
        new("llama-bpe", (PiecePatterns.Llama3(@"\p{N}{1,3}"), WordRules.Llama3(mostDigits: 3))),
        new("qwen2", (PiecePatterns.Llama3(@"\p{N}"), WordRules.Llama3(mostDigits: 1))),
        new("tekken", (PiecePatterns.Tekken, WordRules.Tekken)),
        new("gpt-2", (PiecePatterns.Gpt2, WordRules.Gpt2)),
        Sputnik,
    ];

    /// <summary>What GGUF calls it.</summary>
    public string Name { get; }

    /// <summary>The definition, in the regular expressions of tokenizer.json.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>The cut of a name that GGUF gives; null for one that is not built.</summary>
    public static PreTokenizer? Find(string name)
    {
        string known = name switch
        {
            "deepseek-r1-qwen" => "qwen2",
            "llama-v3" or "llama3" or "smaug-bpe" => "llama-bpe",
            "gpt2" => "gpt-2",
            _ => name,
        };
        return Known.FirstOrDefault(cut => cut.Name == known);
    }

    /// <summary>The cut whose definition these patterns are, letter for letter; null for one that is not built.</summary>
    public static PreTokenizer? Find(IReadOnlyList<string> patterns)
    {
        IEnumerable<string> written = patterns.Select(PiecePatterns.Escaped);
        return Known.FirstOrDefault(cut => cut.Patterns.SequenceEqual(written));
    }

    /// <summary>By words where no token goes on behind a blank, so that no merge crosses the cut; else the whole text.</summary>
    public static PreTokenizer ForSentencePiece(Vocabulary vocabulary) =>
        Enumerable.Range(0, vocabulary.Count).Any(id => vocabulary.Kind(id) == TokenKind.Normal && GoesOnBehindBlank(vocabulary.Bytes(id)))
            ? Whole
            : WordsWithBlanks;

    private static bool GoesOnBehindBlank(ReadOnlySpan<byte> token)
    {
        int word = token.IndexOfAnyExcept((byte)' ');
        return word >= 0 && token[word..].Contains((byte)' ');
    }

    /// <summary>Where each piece of a text ends, into a list whose contents it replaces.</summary>
    public void Cut(ReadOnlySpan<char> text, PieceEnds ends)
    {
        ends.Start(text.Length);
        foreach (PieceRule rule in _rules)
        {
            int start = 0;
            foreach (int end in ends.Turn())
            {
                Apply(rule, text[..end], start, ends);
                start = end;
            }
        }
    }

    private static void Apply(PieceRule rule, ReadOnlySpan<char> text, int start, PieceEnds ends)
    {
        int gap = start;
        int at = start;
        while (at < text.Length)
        {
            int length = rule(text[at..], out bool matched);
            if (matched)
            {
                if (gap < at)
                {
                    ends.Add(at);
                }

                ends.Add(at + length);
                gap = at + length;
            }

            at += length;
        }

        if (gap < at)
        {
            ends.Add(at);
        }
    }
}
