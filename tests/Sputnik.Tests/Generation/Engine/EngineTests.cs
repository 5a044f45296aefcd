using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

public sealed class EngineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_callers_get_what_each_would_get_alone()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(2);
        using Engine engine = new(model, workers, new() { MaxSequences = 4 });
        TokenStream[] streams = [.. Enumerable.Range(0, 8).Select(seed => Submit(engine, Serving.Request(seed, 30, newTokens: 20)))];

        List<string> answers = [];
        foreach (TokenStream stream in streams)
        {
            answers.Add(Serving.Bits(await Read(stream)));
        }

        using Serving alone = new(new());
        Assert.Equal(Enumerable.Range(0, 8).Select(seed => alone.Answer(Serving.Request(seed, 30, newTokens: 20))), answers);
    }

    [Fact]
    public async Task Draining_refuses_what_comes_and_ends_with_what_was_taken()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        using Engine engine = new(model, workers);
        TokenStream stream = Submit(engine, Serving.Request(1, 30, newTokens: 20));

        Task drained = engine.DrainAsync(Cancellation);

        Assert.Throws<EngineBusyException>(() => Submit(engine, Serving.Request(2, 30)));
        await drained;
        Assert.Equal(20, (await Read(stream)).Count);
    }

    [Fact]
    public async Task Leaving_the_enumeration_cancels()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        using Engine engine = new(model, workers);
        using ManualResetEventSlim gate = new(false);
        TokenStream stream = Submit(engine, Serving.Request(1, 30, newTokens: 200) with { Guide = _ => new Waiting(gate) });

        await foreach (TokenEvent _ in stream.ReadAllAsync(Cancellation))
        {
            break;
        }

        gate.Set();
        await engine.DrainAsync(Cancellation);
        Assert.Equal(1, engine.Status.CancelledDecode);
    }

    [Fact]
    public async Task Disposing_cancels_what_is_not_drawn()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        Engine engine = new(model, workers, new() { MaxSequences = 1 });
        Submit(engine, Serving.Request(1, 30, newTokens: 200) with { Choices = 128 });
        TokenStream waiting = Submit(engine, Serving.Request(2, 30, newTokens: 200));

        engine.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Read(waiting));
        Assert.Throws<ObjectDisposedException>(() => Submit(engine, Serving.Request(3, 30)));
    }

    [Fact]
    public async Task A_failure_of_the_loop_reaches_every_caller()
    {
        using ILanguageModel model = new Failing(TinyModels.Create("Qwen3"));
        using Workers workers = new(1);
        using Engine engine = new(model, workers);
        TokenStream stream = Submit(engine, Serving.Request(1, 30));

        await Assert.ThrowsAsync<InvalidDataException>(() => Read(stream));
        await engine.DrainAsync(Cancellation);

        Assert.IsType<InvalidDataException>(engine.Fault);
        Assert.Throws<InvalidOperationException>(() => Submit(engine, Serving.Request(2, 30)));
    }

    [Fact]
    public void A_request_that_cannot_be_is_refused_at_once()
    {
        using Serving serving = new(new());

        Assert.Throws<ContextOverflowException>(() => serving.Submit(Serving.Request(1, 256)));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { Prompt = [] }));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { Prompt = [83] }));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { MaxNewTokens = 0 }));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { Choices = 0 }));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { TopLogProbs = 21 }));
        Assert.Throws<ArgumentException>(() => serving.Submit(Serving.Request(1, 10) with { Draw = new() { LogitBias = new Dictionary<int, float> { [83] = 1 } } }));
    }

    [Fact]
    public void A_plan_holds_one_sequence_at_least_and_a_quarter_of_what_is_free_at_most()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        long page = model.KvShape.PageBytes;

        Assert.Equal(4, EnginePlan.Of(model, new(), freeBytes: 0).Pages);
        Assert.Equal(10, EnginePlan.Of(model, new(), freeBytes: 40 * page).Pages);
        Assert.Equal(64, EnginePlan.Of(model, new(), freeBytes: 4000 * page).Pages);
        Assert.Equal(9, EnginePlan.Of(model, new() { KvBytes = (9 * page) + 1 }, freeBytes: 0).Pages);
        Assert.Throws<ArgumentException>(() => EnginePlan.Of(model, new() { KvBytes = 3 * page }, freeBytes: 0));
        Assert.Throws<ArgumentException>(() => EnginePlan.Of(model, new() { ContextTokens = 257 }, freeBytes: 0));
    }

    [Theory]
    [InlineData(KvType.F32, 2 * 2 * 64 * 36 * 4)]
    [InlineData(KvType.BF16, 2 * 2 * 64 * 36 * 2)]
    [InlineData(KvType.Q8_0, 2 * 2 * 64 * (36 + (2 * 2)))]
    public void A_plan_counts_pages_as_they_are_kept(KvType type, long pageBytes)
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");

        EnginePlan plan = EnginePlan.Of(model, new() { KvType = type, KvBytes = 10 * pageBytes }, freeBytes: 0);

        Assert.Equal((type, pageBytes, 10, 10 * pageBytes), (plan.KvType, plan.PageBytes, plan.Pages, plan.KvBytes));
        Assert.Contains($"tokens, {type}, context", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_cache_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { KvType = (KvType)9 }.Validate());

    private static TokenStream Submit(Engine engine, TokenRequest request) => engine.Submit(request, Cancellation);

    private static async Task<List<TokenEvent>> Read(TokenStream stream)
    {
        List<TokenEvent> events = [];
        await foreach (TokenEvent token in stream.ReadAllAsync(Cancellation))
        {
            events.Add(token);
        }

        return events;
    }

    /// <summary>Lets two tokens pass and then waits for the test.</summary>
    private sealed class Waiting(ManualResetEventSlim gate) : ITokenGuide
    {
        private int _said;

        public int? Force() => null;

        public FinishReason? Ended => null;

        public bool Restrict(TokenMask allowed) => false;

        public void Accept(int token)
        {
            if (++_said == 3)
            {
                gate.Wait(CancellationToken.None);
            }
        }
    }

    private sealed class Failing(ILanguageModel model) : ILanguageModel
    {
        public string Architecture => model.Architecture;

        public int VocabularySize => model.VocabularySize;

        public int MaxLength => model.MaxLength;

        public KvShape KvShape => model.KvShape;

        public IReadOnlyList<Weight> Weights => model.Weights;

        public IReadOnlyList<WeightDeclaration> Declarations => model.Declarations;

        public Weight Head => model.Head;

        public IReadOnlyList<Router> Routers => model.Routers;

        public long Parameters => model.Parameters;

        public long ActiveParameters => model.ActiveParameters;

        public bool RecomputeBlocks { get; set; }

        public Tensor Hidden(Ops op, Batch batch, KvCache kv) => throw new InvalidDataException("the weights have gone");

        public void Dispose() => model.Dispose();
    }
}
