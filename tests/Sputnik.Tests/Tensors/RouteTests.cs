using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class RouteTests
{
    public static TheoryData<RouterSettings, bool> Forms => new()
    {
        { new RouterSettings { TopK = 2 }, true },
        { new RouterSettings { TopK = 3, Scaling = 2.5f }, false },
        { new RouterSettings { TopK = 4, Groups = 4, GroupsKept = 2, Scaling = 2.5f }, true },
        { new RouterSettings { TopK = 2, Groups = 8, GroupsKept = 3 }, false },
        { new RouterSettings { TopK = 1, Groups = 16, GroupsKept = 1 }, true },
        { new RouterSettings { TopK = 6, Sigmoid = false, Normalise = false, Scaling = 16 }, false },
        { new RouterSettings { TopK = 3, Groups = 4, GroupsKept = 2, Sigmoid = false }, false },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_row_goes_where_the_definition_sends_it(RouterSettings settings, bool biased)
    {
        using Arena arena = new();
        using Workers workers = new(2);
        using Weight bias = Seeded.Weight("bias", 1, 16, seed: 2);
        Tensor logits = Seeded.Tensor(arena, 200, 16, seed: 1, scale: 2);

        Routing routing = new Ops(arena, workers).Route(logits, biased ? bias : null, settings);

        for (int row = 0; row < 200; row++)
        {
            float[] s = routing.Affinities[row].ToArray();
            AssertAffinities(logits[row].ToArray(), s, settings.Sigmoid);
            int[] expected = Chosen(s, biased ? bias.Values.ToArray() : null, settings);
            Assert.Equal(expected, routing.Experts(row).ToArray());
            double sum = settings.Normalise ? expected.Sum(e => (double)s[e]) + 1e-20 : 1;
            Assert.All(expected.Zip(routing.Weights[row].ToArray()), pair => Assert.Equal(s[pair.First] / sum * settings.Scaling, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void A_group_that_is_not_kept_never_wins_though_the_kept_scores_are_negative()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight bias = new("bias", 1, 8);
        // The first group sums to -1.1 with its best two, the second to -1.9 although it has the best expert of all.
        new float[] { -1.1f, -1.1f, -9, -9, -0.9f, -2.1f, -9, -9 }.CopyTo(bias.Values);
        Tensor logits = arena.Allocate(1, 8);
        logits.Span.Clear();

        Routing routing = new Ops(arena, workers).Route(logits, bias, new RouterSettings { TopK = 3, Groups = 2, GroupsKept = 1 });

        Assert.Equal([0, 1, 2], routing.Experts(0).ToArray());
    }

    [Fact]
    public void Equal_scores_go_to_the_lower_index()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Tensor logits = arena.Allocate(2, 12);
        logits.Span.Clear();
        logits[1][7] = 1;

        Routing routing = new Ops(arena, workers).Route(logits, bias: null, new RouterSettings { TopK = 3, Groups = 4, GroupsKept = 2 });

        Assert.Equal([0, 1, 2], routing.Experts(0).ToArray());
        Assert.Equal([0, 1, 7], routing.Experts(1).ToArray());
    }

    [Fact]
    public void Affinities_that_underflow_give_weights_of_zero()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Tensor logits = arena.Allocate(1, 4);
        logits.Span.Fill(-200);

        Routing routing = new Ops(arena, workers).Route(logits, bias: null, new RouterSettings { TopK = 2 });

        Assert.Equal([0f, 0f], routing.Weights[0].ToArray());
    }

    [Fact]
    public void A_broken_row_is_sent_to_k_experts_and_leaves_the_others_alone()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        RouterSettings settings = new() { TopK = 3, Groups = 4, GroupsKept = 2 };
        Ops op = new(arena, workers);
        Tensor logits = Seeded.Tensor(arena, 3, 12, seed: 1);
        int[] expected = op.Route(logits, bias: null, settings).Experts(2).ToArray();

        logits[1].Fill(float.NaN);
        Routing routing = op.Route(logits, bias: null, settings);

        Assert.Equal(3, routing.Experts(1).ToArray().Distinct().Count());
        Assert.Equal(expected, routing.Experts(2).ToArray());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Weights_agree_with_central_differences(RouterSettings settings, bool biased)
    {
        using Weight bias = Seeded.Weight("bias", 1, 16, seed: 2);
        // A choice is a step; logits a unit apart stay chosen while a difference is taken.
        Tensor Graph(Ops op, Tensor x) => op.Route(op.Add(x, Spread(op)), biased ? bias : null, settings).Weights;

        GradientCheck.Passes(Graph, rows: 5, cols: 16, [], seed: 7);
    }

    [Fact]
    public void A_rows_routing_does_not_depend_on_its_companions()
    {
        using Arena arena = new();
        using Workers workers = new(3);
        RouterSettings settings = new() { TopK = 4, Groups = 3, GroupsKept = 2 };
        Ops op = new(arena, workers);
        Tensor logits = Seeded.Tensor(arena, 1500, 9, seed: 1);

        Routing together = op.Route(logits, bias: null, settings);

        foreach (int row in new[] { 0, 1, 777, 1499 })
        {
            Tensor one = arena.Allocate(1, 9);
            logits[row].CopyTo(one.Span);
            Routing alone = op.Route(one, bias: null, settings);
            Assert.Equal(alone.Experts(0).ToArray(), together.Experts(row).ToArray());
            Assert.Equal(alone.Weights[0].ToArray(), together.Weights[row].ToArray());
        }
    }

    [Fact]
    public void Load_counts_the_rows_of_every_expert()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Routing routing = new Ops(arena, workers).Route(
            Seeded.Tensor(arena, 100, 8, seed: 1), bias: null, new RouterSettings { TopK = 2 });
        long[] load = new long[8];

        routing.CountLoad(load);
        routing.CountLoad(load);

        int[] choices = [.. Enumerable.Range(0, 100).SelectMany(row => routing.Experts(row).ToArray())];
        Assert.Equal(Enumerable.Range(0, 8).Select(e => 2L * choices.Count(c => c == e)), load);
    }

    [Fact]
    public void Settings_that_cannot_be_met_are_refused()
    {
        using Arena arena = new();
        using Workers workers = new(1);
        Ops op = new(arena, workers);
        Tensor logits = Seeded.Tensor(arena, 1, 8, seed: 1);

        Assert.Throws<ArgumentException>(() => op.Route(logits, null, new RouterSettings { TopK = 5, Groups = 2, GroupsKept = 1 }));
        Assert.Throws<ArgumentException>(() => op.Route(logits, null, new RouterSettings { TopK = 1, Groups = 3 }));
        Assert.Throws<ArgumentException>(() => op.Route(logits, null, new RouterSettings { TopK = 0 }));
    }

    private static Tensor Spread(Ops op)
    {
        Tensor spread = Seeded.Tensor(op.Arena, 5, 16, seed: 11, scale: 3);
        return op.Tape is { } tape ? Seeded.OnTape(tape, spread) : spread;
    }

    private static void AssertAffinities(float[] x, float[] s, bool sigmoid)
    {
        double sum = x.Sum(value => Math.Exp(value));
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(sigmoid ? 1 / (1 + Math.Exp(-x[i])) : Math.Exp(x[i]) / sum, s[i], 1e-6);
        }
    }

    private static int[] Chosen(float[] s, float[]? bias, RouterSettings settings)
    {
        float[] scores = bias is null ? s : [.. s.Zip(bias, (a, b) => a + b)];
        int size = s.Length / settings.Groups;
        IEnumerable<int> groups = Enumerable.Range(0, settings.Groups)
            .OrderByDescending(g => scores.AsSpan(g * size, size).ToArray().OrderDescending().Take(bias is null ? 1 : 2).Sum())
            .Take(settings.GroupsKept);
        return
        [
            .. Enumerable.Range(0, s.Length)
                .Where(e => settings.Groups == 1 || groups.Contains(e / size))
                .OrderByDescending(e => scores[e])
                .Take(settings.TopK)
                .Order(),
        ];
    }
}
