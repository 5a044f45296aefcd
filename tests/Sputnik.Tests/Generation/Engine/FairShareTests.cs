using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

/// <summary>What owners get of an engine that cannot serve all of them at once.</summary>
public sealed class FairShareTests
{
    [Theory]
    [InlineData(4, 10, 30)]
    [InlineData(3, 60, 3)]
    [InlineData(8, 30, 12)]
    public void A_greedy_owner_gets_no_more_than_a_modest_one_that_comes_late(int sequences, int promptLength, int newTokens)
    {
        using Serving serving = new(new() { MaxSequences = sequences, StepRows = 24 });
        Owner greedy = new("greedy", streams: 8, promptLength, newTokens);
        Owner modest = new("modest", streams: (sequences / 2) + 1, promptLength, newTokens);
        Run(serving, 50, greedy);

        long[] tokens = Run(serving, 550, greedy, modest);

        Assert.InRange(tokens[1] / (double)tokens.Sum(), 0.5 * 0.85, 0.5 * 1.15);
    }

    [Fact]
    public void Long_prompts_and_long_answers_count_alike()
    {
        using Serving serving = new(new() { MaxSequences = 4, StepRows = 24 });

        long[] tokens = Run(serving, 1500, new("reads", streams: 6, promptLength: 120, newTokens: 3), new("writes", streams: 6, promptLength: 4, newTokens: 40));

        Assert.InRange(tokens[0] / (double)tokens.Sum(), 0.5 * 0.85, 0.5 * 1.15);
    }

    [Fact]
    public void Three_owners_get_a_third_each_whatever_they_have_waiting()
    {
        using Serving serving = new(new() { MaxSequences = 5, StepRows = 24 });

        long[] tokens = Run(serving, 1500, new("a", streams: 32, 10, 20), new("b", streams: 8, 20, 10), new("c", streams: 4, 5, 25));

        Assert.All(tokens, own => Assert.InRange(own / (double)tokens.Sum(), 0.85 / 3, 1.15 / 3));
    }

    [Fact]
    public void What_an_owner_did_not_ask_for_is_not_saved_up()
    {
        using Serving serving = new(new() { MaxSequences = 4, StepRows = 24 });
        Owner busy = new("busy", streams: 8, 10, 20);
        Run(serving, 1000, busy, new("idle", streams: 1, 10, 20));

        // It had a fourth for long: made up for, the next hundred steps would be its own.
        long[] tokens = Run(serving, 100, busy, new("idle", streams: 8, 10, 20));

        Assert.InRange(tokens[0] / (double)tokens.Sum(), 0.3, 0.7);
    }

    [Fact]
    public void Answers_that_nobody_waited_for_are_not_owed()
    {
        using Serving serving = new(new() { MaxSequences = 4, StepRows = 24 });
        Owner first = new("first", streams: 4, 10, 100);
        Run(serving, 1000, first);
        first.Streams = 8;

        long[] tokens = Run(serving, 400, first, new("second", streams: 8, 10, 100));

        Assert.InRange(tokens[0] / (double)tokens.Sum(), 0.5 * 0.85, 0.5 * 1.15);
    }

    [Fact]
    public void A_debt_is_paid_in_time_however_many_new_owners_come()
    {
        using Serving serving = new(new() { MaxSequences = 1, StepRows = 24 });
        int seed = 0;
        serving.Submit(Serving.Request(seed++, 250, newTokens: 4, "spent"));
        Come(4);
        serving.Step(20);
        TokenStream again = serving.Submit(Serving.Request(seed++, 10, owner: "spent"));

        // As many come as are served.
        for (int round = 0; round < 30; round++)
        {
            Come(1);
            serving.Step(8);
        }

        Assert.NotEmpty(Serving.Read(again));

        void Come(int owners)
        {
            for (int owner = 0; owner < owners; owner++, seed++)
            {
                serving.Submit(Serving.Request(seed, 10, owner: $"new {seed}"));
            }
        }
    }

    [Fact]
    public void A_prompt_is_read_however_many_new_owners_come_with_theirs()
    {
        using Serving serving = new(new() { MaxSequences = 8, StepRows = 32 });
        TokenStream read = serving.Submit(Serving.Request(0, 250, owner: "reads"));

        for (int seed = 1; seed < 60; seed++)
        {
            serving.Submit(Serving.Request(seed, 32, newTokens: 1, $"new {seed}"));
            serving.Step(1);
        }

        Assert.NotEmpty(Serving.Read(read));
    }

    [Fact]
    public void To_leave_and_come_back_is_worth_no_more_than_to_stay()
    {
        using Serving serving = new(new() { MaxSequences = 2, StepRows = 128 });
        Owner stays = new("stays", streams: 8, 10, 40);
        Owner comes = new("comes", streams: 1, 64, 1);
        long[] tokens = [0, 0];
        for (int visit = 0; visit < 200; visit++)
        {
            tokens[0] += Run(serving, 1, stays)[0];
            long[] both = Run(serving, 1, stays, comes);
            tokens[0] += both[0];
            tokens[1] += both[1];
        }

        Assert.InRange(tokens[1] / (double)tokens.Sum(), 0, 0.5 * 1.15);
    }

    [Fact]
    public void A_debt_is_forgotten_when_nobody_wants_anything()
    {
        using Serving serving = new(new() { MaxSequences = 1, StepRows = 24 });
        serving.Submit(Serving.Request(1, 250, newTokens: 4, "spent"));
        serving.Submit(Serving.Request(2, 10, owner: "other"));
        serving.Drive();

        TokenStream again = serving.Submit(Serving.Request(3, 10, owner: "spent"));
        TokenStream other = serving.Submit(Serving.Request(4, 10, owner: "other"));
        serving.Step(2);

        Assert.NotEmpty(Serving.Read(again));
        Assert.Empty(Serving.Read(other));
    }

    [Fact]
    public void An_owner_with_nothing_running_gets_a_place_at_once()
    {
        using Serving serving = new(new() { MaxSequences = 2 });
        TokenStream[] greedy = [.. Enumerable.Range(0, 4).Select(seed => serving.Submit(Serving.Request(seed, 10, newTokens: 100, "greedy")))];
        serving.Step(10);

        TokenStream modest = serving.Submit(Serving.Request(9, 10, newTokens: 4, "modest"));
        serving.Step(2);

        Assert.NotEmpty(Serving.Read(modest));
        serving.Drive();
        Assert.All(greedy, stream => Assert.Equal(100, Serving.Read(stream).Count));
    }

    /// <summary>Steps on while every owner keeps its streams open; tokens of each, prompts counted when the first answer comes.</summary>
    private static long[] Run(Serving serving, int steps, params Owner[] owners)
    {
        long[] before = [.. owners.Select(owner => owner.Tokens)];
        for (int step = 0; step < steps; step++)
        {
            foreach (Owner owner in owners)
            {
                owner.Fill(serving);
            }

            serving.Step(1);
            foreach (Owner owner in owners)
            {
                owner.Read();
            }
        }

        return [.. owners.Select((owner, index) => owner.Tokens - before[index])];
    }

    private sealed class Owner(string name, int streams, int promptLength, int newTokens)
    {
        private readonly List<TokenStream> _open = [];
        private readonly HashSet<TokenStream> _heard = [];
        private int _seed;

        public int Streams { get; set; } = streams;

        public long Tokens { get; private set; }

        public void Fill(Serving serving)
        {
            while (_open.Count < Streams)
            {
                _open.Add(serving.Submit(Serving.Request(_seed++, promptLength, newTokens, name)));
            }
        }

        public void Read()
        {
            foreach (TokenStream stream in _open.ToList())
            {
                List<TokenEvent> events = Serving.Read(stream);
                Tokens += events.Count + (events.Count > 0 && _heard.Add(stream) ? promptLength : 0);
                if (events.Any(token => token.Finish is not null))
                {
                    _open.Remove(stream);
                }
            }
        }
    }
}
