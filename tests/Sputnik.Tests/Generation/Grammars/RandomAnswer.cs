using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

/// <summary>Walks a guide: tokens drawn at random among those it allows, or the tokens of a given text.</summary>
internal static class RandomAnswer
{
    /// <summary>A text whose every token was allowed, and whether it was ended; ends are taken as soon as they are drawn.</summary>
    public static (string Text, bool Ended) Draw(Func<GrammarGuide> guides, Tokenizer tokenizer, ulong seed, int most = 400)
    {
        GrammarGuide guide = guides();
        CounterRandom random = new(seed, "grammar walk");
        List<int> ids = [];
        while (ids.Count < most && guide.Ended is null)
        {
            int token = guide.Force() ?? Pick(Allowed(guide, tokenizer), tokenizer, ref random);
            guide.Accept(token);
            ids.Add(token);
        }

        bool ended = guide.Ended is not null;
        return (tokenizer.Decode([.. ids.Where(id => !tokenizer.EndIds.Contains(id))]), ended);
    }

    /// <summary>Whether each token is allowed in its turn and the answer may end behind them.</summary>
    public static bool Takes(Func<GrammarGuide> guides, Tokenizer tokenizer, IReadOnlyList<int> ids)
    {
        GrammarGuide guide = guides();
        foreach (int id in ids)
        {
            TokenMask mask = new(tokenizer.VocabularySize);
            guide.Restrict(mask);
            if (!mask[id])
            {
                return false;
            }

            guide.Accept(id);
        }

        return guide.IsComplete;
    }

    /// <summary>Whether a text is allowed byte by byte, and as the vocabulary cuts it.</summary>
    public static bool Takes(Func<GrammarGuide> guides, Tokenizer tokenizer, string text)
    {
        bool whole = Takes(guides, tokenizer, tokenizer.Encode(text));
        bool bytes = Takes(guides, tokenizer, ByteTokens(tokenizer, text));
        Assert.Equal(whole, bytes);
        return whole;
    }

    private static int[] ByteTokens(Tokenizer tokenizer, string text) =>
        [.. System.Text.Encoding.UTF8.GetBytes(text).Select(value => Enumerable.Range(0, tokenizer.VocabularySize).First(id => tokenizer.Bytes(id) is [var only] && only == value))];

    private static int[] Allowed(GrammarGuide guide, Tokenizer tokenizer)
    {
        TokenMask mask = new(tokenizer.VocabularySize);
        guide.Restrict(mask);
        return [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(id => mask[id])];
    }

    /// <summary>Every second token is drawn among marks and ends, where any is allowed: otherwise a string would never end.</summary>
    private static int Pick(int[] allowed, Tokenizer tokenizer, ref CounterRandom random)
    {
        int[] marks = [.. allowed.Where(id => tokenizer.EndIds.Contains(id) || (tokenizer.Bytes(id) is [var only] && "\"{}[],:".Contains((char)only)))];
        int[] among = marks.Length > 0 && random.NextInt(0, 1) == 0 ? marks : allowed;
        return among[random.NextInt(0, among.Length - 1)];
    }
}
