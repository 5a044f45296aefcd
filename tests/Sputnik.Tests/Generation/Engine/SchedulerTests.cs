using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

public sealed class SchedulerTests
{
    [Fact]
    public void A_cancelled_request_leaves_its_queue_within_a_step()
    {
        using Serving serving = new(new() { MaxSequences = 1 });
        using CancellationTokenSource cancel = new();
        serving.Submit(Serving.Request(1, 10, newTokens: 50));
        serving.Step(2);
        TokenStream waiting = serving.SubmitUntil(cancel, Serving.Request(2, 10));
        serving.Step(1);

        cancel.Cancel();
        serving.Step(1);

        Assert.True(waiting.Channel.Reader.Completion.IsCanceled);
        Assert.Equal((0, 1L), (serving.Status.Waiting, serving.Status.CancelledQueued));
    }

    [Fact]
    public void A_cancelled_prompt_returns_its_pages_within_a_step()
    {
        using Serving serving = new(new() { StepRows = 8 });
        using CancellationTokenSource cancel = new();
        TokenStream stream = serving.SubmitUntil(cancel, Serving.Request(1, 200));
        serving.Step(3);
        int used = serving.Status.PagesUsed;

        cancel.Cancel();
        serving.Step(1);

        Assert.True(stream.Channel.Reader.Completion.IsCanceled);
        Assert.Equal((4, 0, 1L), (used, serving.Status.PagesUsed, serving.Status.CancelledPrefill));
    }

    [Fact]
    public void A_cancelled_answer_returns_its_pages_within_a_step()
    {
        using Serving serving = new(new());
        using CancellationTokenSource cancel = new();
        TokenStream stream = serving.SubmitUntil(cancel, Serving.Request(1, 100, newTokens: 50) with { Choices = 3 });
        serving.Step(5);
        int drawn = Serving.Read(stream).Count;

        cancel.Cancel();
        serving.Step(1);

        Assert.Equal(15, drawn);
        Assert.Empty(Serving.Read(stream));
        Assert.True(stream.Channel.Reader.Completion.IsCanceled);
        Assert.Equal((0, 0, 1L), (serving.Status.Running, serving.Status.PagesUsed, serving.Status.CancelledDecode));
    }

    [Fact]
    public void A_full_queue_refuses_and_says_when_to_come_back()
    {
        using Serving serving = new(new() { QueueLength = 3, QueueLengthPerOwner = 2 });
        serving.Submit(Serving.Request(1, 10, owner: "a"));
        serving.Submit(Serving.Request(2, 10, owner: "a"));

        Assert.Throws<EngineBusyException>(() => serving.Submit(Serving.Request(3, 10, owner: "a")));
        serving.Submit(Serving.Request(4, 10, owner: "b"));
        EngineBusyException full = Assert.Throws<EngineBusyException>(() => serving.Submit(Serving.Request(5, 10, owner: "c")));

        Assert.Equal(3, full.Waiting);
        Assert.InRange(full.RetryAfter.TotalSeconds, 1, 60);
    }

    [Fact]
    public void A_long_prompt_stalls_no_running_answer()
    {
        using Serving serving = new(new() { StepRows = 16 });
        TokenStream[] running = [.. Enumerable.Range(0, 3).Select(seed => serving.Submit(Serving.Request(seed, 5, newTokens: 60)))];
        serving.Step(2);
        Array.ForEach(running, stream => Serving.Read(stream));
        TokenStream late = serving.Submit(Serving.Request(9, 200));

        for (int step = 0; step < 12; step++)
        {
            serving.Step(1);
            Assert.All(running, stream => Assert.Single(Serving.Read(stream)));
            Assert.Equal(3 + 16, serving.Loop.LastRows);
            Assert.Empty(Serving.Read(late));
        }

        serving.Step(1);
        Assert.Single(Serving.Read(late));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Nobody_is_preempted_for_a_prompt_that_would_not_fit_all_the_same(int sequences)
    {
        // Five pages, two each for those that run; the prompt needs four and would get the free one and two of who was preempted.
        using Serving serving = new(Serving.Pages(5) with { MaxSequences = sequences });
        TokenStream[] greedy = [.. Enumerable.Range(0, 2).Select(seed => serving.Submit(Serving.Request(seed, 70, newTokens: 50, "greedy")))];
        serving.Step(20);

        TokenStream modest = serving.Submit(Serving.Request(9, 250, newTokens: 4, "modest"));
        serving.Drive();

        Assert.Equal(0, serving.Status.Preempted);
        Assert.Equal(4, Serving.Read(modest).Count);
        Assert.All(greedy, stream => Assert.Equal(50, Serving.Read(stream).Count));
    }

    [Fact]
    public void Answers_longer_than_the_pages_hold_take_turns_and_all_end()
    {
        using Serving serving = new(Serving.Pages(4) with { MaxSequences = 4 });
        TokenStream[] streams = [.. Enumerable.Range(0, 6).Select(seed => serving.Submit(Serving.Request(seed, 20 + seed, newTokens: 200)))];

        serving.Drive();

        Assert.All(streams, stream => Assert.Equal(200, Serving.Read(stream).Count));
        Assert.True(serving.Status.Preempted > 0);
        Assert.Equal(0, serving.Status.PagesUsed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Choices_are_the_same_however_many_fit(int sequences)
    {
        TokenRequest request = Serving.Request(1, 80, newTokens: 20) with { Choices = 5 };
        using Serving one = new(new() { MaxSequences = 1 });
        string expected = one.Answer(request);

        using Serving serving = new(new() { MaxSequences = sequences });
        string answer = serving.Answer(request);

        Assert.Equal(expected, answer);
        Assert.Equal(5, expected.Split("; ").Distinct().Count());
    }

    [Theory]
    [InlineData(KvType.F32)]
    [InlineData(KvType.BF16)]
    [InlineData(KvType.Q8_0)]
    public void Choices_share_the_prompts_full_pages_and_copy_the_started_one(KvType type)
    {
        using Serving serving = new(new() { KvType = type });
        TokenStream stream = serving.Submit(Serving.Request(1, 200, newTokens: 20) with { Choices = 5 });

        serving.Step(3);

        // Three full pages once, and a page of its own for each: twenty if nothing were shared.
        Assert.Equal(3 + 5, serving.Status.PagesUsed);
        serving.Drive();
        Assert.Equal(100, Serving.Read(stream).Count);
        Assert.Equal(0, serving.Status.PagesUsed);
    }

    [Theory]
    [InlineData(KvType.BF16)]
    [InlineData(KvType.Q8_0)]
    public void Choices_of_a_rounded_cache_are_the_same_however_many_fit(KvType type)
    {
        TokenRequest request = Serving.Request(1, 80, newTokens: 20) with { Choices = 5 };
        using Serving one = new(new() { MaxSequences = 1, KvType = type });
        string expected = one.Answer(request);

        using Serving serving = new(new() { MaxSequences = 8, KvType = type, StepRows = 7 }, threads: 2);

        Assert.Equal(expected, serving.Answer(request));
    }

    [Fact]
    public void Logits_that_are_no_numbers_fail_their_request_alone()
    {
        const int poison = 82;
        using Serving serving = new(new(), change: model =>
        {
            Weight embedding = model.Weights.First(weight => weight.Name.Contains("embed", StringComparison.Ordinal));
            embedding.Values.Slice(poison * embedding.In, embedding.In).Fill(float.NaN);
            embedding.Touch();
        });
        int[] sound = [.. Serving.Text(1, 100).Select(token => Math.Min(token, 81))];
        TokenRequest request = new() { Prompt = sound, MaxNewTokens = 1, Draw = new() { Temperature = 0 } };
        string before = serving.Answer(request);

        TokenStream bad = serving.Submit(request with { Prompt = [.. sound, poison] });
        TokenStream good = serving.Submit(request with { Owner = "other" });
        serving.Drive();

        Assert.Equal(before, Serving.Bits(Serving.Read(good)));
        Assert.IsType<InvalidOperationException>(bad.Channel.Reader.Completion.Exception?.InnerException);
        Assert.Equal((1L, 0), (serving.Status.Failed, serving.Status.PagesUsed));
        Assert.Equal(before, serving.Answer(request with { Owner = "third" }));
    }

    [Fact]
    public void Log_probs_of_a_prompt_are_those_of_the_same_tokens_drawn()
    {
        using Serving serving = new(new() { StepRows = 7 });
        TokenRequest request = Serving.Request(1, 70, newTokens: 40);
        TokenStream drawn = serving.Submit(request);
        serving.Drive();
        TokenLogProb[] answer = [.. Serving.Read(drawn).Select(token => token.Token)];

        TokenStream echo = serving.Submit(request with { Prompt = [.. request.Prompt, .. answer.Select(token => token.Id)], PromptLogProbs = true, MaxNewTokens = 1 });
        serving.Drive();

        Assert.Equal(109, echo.PromptLogProbs.Count);
        Assert.Equal(answer, echo.PromptLogProbs.Skip(69));
    }

    [Fact]
    public void The_most_likely_tokens_come_best_first_with_the_drawn_ones_log_prob()
    {
        using Serving serving = new(new());
        TokenStream stream = serving.Submit(Serving.Request(1, 10) with { TopLogProbs = 5, Draw = new() { Temperature = 0 } });
        serving.Drive();

        Assert.All(Serving.Read(stream), token =>
        {
            Assert.Equal(5, token.Top.Count);
            Assert.Equal(token.Token, token.Top[0]);
            Assert.Equal(token.Top.OrderByDescending(top => top.LogProb), token.Top);
        });
    }

    [Fact]
    public void A_guide_forces_forbids_and_ends()
    {
        using Serving serving = new(new());
        TokenStream stream = serving.Submit(Serving.Request(1, 10, newTokens: 50) with { Guide = _ => new Counting() });
        serving.Drive();

        List<TokenEvent> events = Serving.Read(stream);

        Assert.Equal([40, 41, 5, 5, 5], events.Select(token => token.Token.Id));
        Assert.Equal(FinishReason.Stop, events[^1].Finish);
    }

    [Fact]
    public void A_guide_that_throws_fails_its_request_alone()
    {
        using Serving serving = new(new());
        TokenStream unmade = serving.Submit(Serving.Request(1, 10) with { Guide = _ => throw new NotSupportedException("no such guide") });
        TokenStream broken = serving.Submit(Serving.Request(1, 10) with { Guide = _ => new Counting(throws: true) });
        TokenStream sound = serving.Submit(Serving.Request(1, 10));

        serving.Drive();

        Assert.IsType<NotSupportedException>(unmade.Channel.Reader.Completion.Exception?.InnerException);
        Assert.IsType<InvalidOperationException>(broken.Channel.Reader.Completion.Exception?.InnerException);
        Assert.Equal(8, Serving.Read(sound).Count);
        Assert.Equal((2L, 0), (serving.Status.Failed, serving.Status.PagesUsed));
    }

    [Fact]
    public void A_decode_step_allocates_nothing_once_warm()
    {
        using Serving serving = new(new() { MaxSequences = 4 });
        TokenStream[] streams = [.. Enumerable.Range(0, 5).Select(seed => serving.Submit(Serving.Request(seed, 3, newTokens: 200) with
        {
            Draw = new() { Seed = (ulong)seed, TopP = 0.9f, TopK = 20, MinP = 0.01f, TypicalP = 0.95f, RepetitionPenalty = 1.1f, LogitBias = new Dictionary<int, float> { [3] = 1 } },
        }))];

        // The fifth waits for a place.
        long before = 0;
        for (int step = 0; step < 100; step++)
        {
            if (step == 50)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            serving.Loop.Step();
            foreach (TokenStream stream in streams)
            {
                stream.Channel.Reader.TryRead(out _);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Says 40 and 41, then chooses between 5 and nothing else, and ends after five.</summary>
    private sealed class Counting(bool throws = false) : ITokenGuide
    {
        private int _said;

        public int? Force() => _said < 2 ? 40 + _said : null;

        public FinishReason? Ended => _said == 5 ? FinishReason.Stop : null;

        public bool Restrict(TokenMask allowed)
        {
            Assert.True(allowed[82]);
            allowed.AllowNone();
            allowed[5] = true;
            return true;
        }

        public void Accept(int token) => _said = throws ? throw new InvalidOperationException("broken") : _said + 1;
    }
}
