using Sputnik.Text;

namespace Sputnik.Tests.Text;

public sealed class BpeTrainerTests
{
    [Fact]
    public void The_same_documents_in_another_order_give_the_same_vocabulary()
    {
        Tokenizer one = SmallTokenizer.Train();
        Tokenizer other = BpeTrainer.Train(SmallTokenizer.Documents.Reverse(), 320, new SpecialTokens());

        Assert.Equal(one.Merges.Pairs, other.Merges.Pairs);
    }

    [Fact]
    public void The_most_frequent_pair_is_merged_first()
    {
        Tokenizer tokenizer = BpeTrainer.Train(["xy xy xy ab ab"], 263, new SpecialTokens());

        Assert.Equal("xy", tokenizer.Decode([262]));
    }

    [Fact]
    public void Among_equally_frequent_pairs_the_lower_ids_win()
    {
        Tokenizer tokenizer = BpeTrainer.Train(["zb\nzb\nza\nza\nyc\nyc"], 264, new SpecialTokens());

        Assert.Equal("yc", tokenizer.Decode([262]));
        Assert.Equal("za", tokenizer.Decode([263]));
    }

    [Fact]
    public void Training_stops_early_when_no_pair_occurs_twice()
    {
        Tokenizer tokenizer = BpeTrainer.Train(["ab ab", "cd"], 1000, new SpecialTokens());

        Assert.Equal(262 + 1, tokenizer.VocabularySize); // "ab" twice; " ab" and "cd" once
    }

    [Fact]
    public void Special_ids_do_not_depend_on_the_size()
    {
        SpecialIds small = SmallTokenizer.Train(262).Special;
        SpecialIds large = SmallTokenizer.Train(320).Special;

        Assert.Equal(small, large);
        Assert.Equal(new SpecialIds(0, 1, 2, 3, 4, 5), large);
    }

    [Fact]
    public void Every_digit_is_a_token_of_its_own()
    {
        Tokenizer tokenizer = SmallTokenizer.Train();

        int[] ids = tokenizer.Encode("11+19=30");

        Assert.Equal(8, ids.Length);
    }

    [Fact]
    public void The_merges_equal_those_of_counting_anew_each_time()
    {
        Tokenizer tokenizer = SmallTokenizer.Train(400);

        Assert.Equal(MergesByDefinition(tokenizer.VocabularySize), tokenizer.Merges.Pairs);
    }

    [Fact]
    public void No_learned_token_spells_a_special_one()
    {
        var specials = new SpecialTokens { User = "user" };

        Tokenizer tokenizer = BpeTrainer.Train(["user user user user"], 300, specials);

        Assert.DoesNotContain(specials.User, Enumerable.Range(6, tokenizer.VocabularySize - 6).Select(id => tokenizer.Decode([id])));
    }

    [Fact]
    public void Too_small_a_vocabulary_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallTokenizer.Train(261));
    }

    [Fact]
    public void Equal_special_tokens_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SpecialTokens { User = "<think>" }.Validate());
    }

    /// <summary>Counts all pairs of the whole corpus before each merge.</summary>
    private static List<(int Left, int Right)> MergesByDefinition(int vocabularySize)
    {
        var words = new List<List<int>>();
        foreach (string document in SmallTokenizer.Documents)
        {
            var scanner = new PieceScanner(document);
            while (scanner.Next(out ReadOnlySpan<char> piece))
            {
                words.Add([.. System.Text.Encoding.UTF8.GetBytes(piece.ToString()).Select(b => SpecialTokens.Count + b)]);
            }
        }

        var merges = new List<(int Left, int Right)>();
        for (int id = 262; id < vocabularySize; id++)
        {
            (int Left, int Right) best = words
                .SelectMany(word => word.Zip(word.Skip(1)))
                .GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .First().Key;
            merges.Add(best);
            foreach (List<int> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) == best)
                    {
                        word[i] = id;
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
