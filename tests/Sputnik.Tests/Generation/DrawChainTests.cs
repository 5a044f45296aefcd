using FsCheck;
using FsCheck.Fluent;
using Sputnik.Generation;
using Sputnik.Tensors;
using Sputnik.Tests.Text;

namespace Sputnik.Tests.Generation;

/// <summary>Filters against their definitions over all tokens, sorted.</summary>
public sealed class DrawChainTests
{
    private static readonly Gen<Case> Cases =
        from seed in Gen.Choose(0, 1_000_000)
        from count in Gen.Choose(1, 200)
        from spread in Gen.Choose(0, 40)
        select new Case(seed, count, spread);

    [Fact]
    public void TopK_keeps_the_first_of_the_sorted() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        int k = 1 + (c.Seed % c.Count);
        return Kept(logits, all => all.TopK(k)).SequenceEqual(Sorted(logits).Take(k).Order());
    });

    [Fact]
    public void TopP_keeps_the_shortest_beginning_of_the_sorted_with_the_mass() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        float mass = ((c.Seed % 99) + 1) / 100f;
        return Kept(logits, all => all.TopP(mass)).SequenceEqual(Until(logits, Sorted(logits), mass));
    });

    [Fact]
    public void MinP_keeps_what_is_likely_enough_beside_the_best() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        float share = (c.Seed % 100) / 100f;
        float[] p = Probabilities(logits);
        return Kept(logits, all => all.MinP(share)).SequenceEqual(Enumerable.Range(0, c.Count).Where(token => p[token] >= p.Max() * share));
    });

    [Fact]
    public void Typical_keeps_what_is_as_surprising_as_expected() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        float mass = ((c.Seed % 99) + 1) / 100f;
        float[] p = Probabilities(logits);
        float entropy = Softmax.Entropy(logits, 1);
        float logTotal = logits[0] - Softmax.LogProb(logits, 1, 0);
        IEnumerable<int> nearest = Enumerable.Range(0, c.Count).OrderBy(token => MathF.Abs(logits[token] - logTotal + entropy));
        return Kept(logits, all => all.Typical(mass)).SequenceEqual(Until(logits, nearest, mass));
    });

    [Fact]
    public void Filters_that_keep_everything_change_no_draw() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        CounterRandom random = new((ulong)c.Seed, "draw");
        float uniform = random.NextSingle();
        DrawSettings open = new() { Temperature = 0.8f };
        return Draw(logits, open, uniform) == Draw(logits, open with { TopK = 1000, MinP = 1e-30f, LogitBias = new Dictionary<int, float> { [0] = 0 } }, uniform)
            && Draw(logits, open, uniform) == Sampler.Pick(Probabilities(logits, 0.8f), uniform);
    });

    [Fact]
    public void A_mask_is_obeyed_whatever_the_settings() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        TokenMask mask = new(c.Count);
        mask.AllowNone();
        int allowed = c.Seed % c.Count;
        mask[allowed] = true;
        DrawSettings settings = new() { TopK = 3, TopP = 0.5f, TypicalP = 0.9f, MinP = 0.2f, Temperature = c.Seed % 2 };
        return Draw(logits, settings, 0.5f, mask: mask) == allowed;
    });

    [Fact]
    public void A_mask_that_allows_nothing_says_so()
    {
        TokenMask mask = new(3);
        mask.AllowNone();

        Assert.Throws<InvalidOperationException>(() => Draw([1, 2, 3], new(), 0.5f, mask: mask));
    }

    [Fact]
    public void Temperature_0_takes_the_lowest_of_the_best() =>
        Assert.Equal(1, Draw([1, 7, 7, 2], new() { Temperature = 0 }, 0.9f));

    [Fact]
    public void A_bias_moves_a_logit() =>
        Assert.Equal(3, Draw([1, 7, 7, 2], new() { Temperature = 0, LogitBias = new Dictionary<int, float> { [3] = 6 } }, 0.9f));

    [Theory]
    // Repetition counts the prompt and looks back; a token said twice is penalised once.
    [InlineData(2f, 64, 0f, 0f, new[] { 1.5f, -4f, 1f })]
    [InlineData(2f, 1, 0f, 0f, new[] { 3f, -4f, 1f })]
    [InlineData(2f, 0, 0f, 0f, new[] { 3f, -2f, 1f })]
    // Presence and frequency count what was drawn.
    [InlineData(1f, 64, 0.5f, 0f, new[] { 3f, -2.5f, 1f })]
    [InlineData(1f, 64, 0.5f, 1f, new[] { 3f, -4.5f, 1f })]
    public void Penalties_are_what_they_are_defined_to_be(float repetition, int last, float presence, float frequency, float[] expected)
    {
        Penalties penalties = new(3);
        DrawSettings settings = new() { RepetitionPenalty = repetition, RepeatLast = last, PresencePenalty = presence, FrequencyPenalty = frequency };
        for (int time = 0; time < 2; time++)
        {
            float[] logits = [3, -2, 1];
            penalties.Apply([0, 1, 1], promptLength: 1, settings, logits);
            Assert.Equal(expected, logits);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_value_that_is_no_number_is_found_wherever_it_stands(float value)
    {
        for (int length = 1; length < 70; length++)
        {
            for (int place = 0; place < length; place++)
            {
                float[] logits = new Case(length, length, 5).Logits();
                Assert.True(DrawChain.Finite(logits));
                logits[place] = value;
                Assert.False(DrawChain.Finite(logits));
            }
        }
    }

    [Fact]
    public void The_top_are_the_first_of_the_sorted_with_the_softmaxs_bits() => Samples.Hold(Cases, c =>
    {
        float[] logits = c.Logits();
        return new DrawChain(c.Count).Top(logits, 20).SequenceEqual(
            Sorted(logits).Take(20).Select(token => new TokenLogProb(token, Softmax.LogProb(logits, 1, token))));
    });

    private static int Draw(float[] logits, DrawSettings settings, float uniform, TokenMask? mask = null) =>
        new DrawChain(logits.Length).Draw(logits, new(settings, logits.Length), [0], 1, mask, uniform);

    private static int[] Kept(float[] logits, Action<Candidates> filter)
    {
        Candidates candidates = new(logits.Length);
        candidates.Start(logits);
        filter(candidates);
        Assert.Equal(candidates.Ids.ToArray().Select(id => logits[id]), candidates.Logits.ToArray());
        return candidates.Ids.ToArray();
    }

    private static IEnumerable<int> Sorted(float[] logits) => Enumerable.Range(0, logits.Length).OrderByDescending(token => logits[token]);

    private static IEnumerable<int> Until(float[] logits, IEnumerable<int> order, float mass)
    {
        float[] p = Probabilities(logits);
        float sum = 0;
        List<int> kept = [];
        foreach (int token in order)
        {
            kept.Add(token);
            sum += p[token];
            if (sum >= mass)
            {
                break;
            }
        }

        return kept.Order();
    }

    private static float[] Probabilities(float[] logits, float temperature = 1)
    {
        float[] p = new float[logits.Length];
        Softmax.Probabilities(logits, temperature, p);
        return p;
    }

    /// <summary>Logits on a grid, so that equals occur.</summary>
    private sealed record Case(int Seed, int Count, int Spread)
    {
        public float[] Logits()
        {
            CounterRandom random = new((ulong)Seed, "logits");
            return [.. Enumerable.Range(0, Count).Select(_ => random.NextInt(-Spread, Spread) / 2f)];
        }
    }
}
