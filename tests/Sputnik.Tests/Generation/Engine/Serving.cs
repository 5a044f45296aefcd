using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

/// <summary>A scheduler over a tiny seeded model, driven by hand.</summary>
internal sealed class Serving : IDisposable
{
    private readonly ILanguageModel _model;
    private readonly Workers _workers;

    public Serving(EngineOptions options, int threads = 1, string model = "Qwen3", Action<ILanguageModel>? change = null)
    {
        _model = TinyModels.Create(model);
        change?.Invoke(_model);
        _workers = new(threads);
        Loop = new(_model, _workers, EnginePlan.Of(_model, options, freeBytes: 1L << 30), options);
    }

    public Scheduler Loop { get; }

    public EngineStatus Status => Loop.Status;

    /// <summary>Options that hold so many pages; a sequence of the tiny models needs four.</summary>
    public static EngineOptions Pages(int pages)
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        return new() { KvBytes = pages * model.KvShape.PageBytes };
    }

    /// <summary>Seeded token ids.</summary>
    public static int[] Text(int seed, int length)
    {
        CounterRandom random = new((ulong)seed, "serving text");
        return [.. Enumerable.Range(0, length).Select(_ => random.NextInt(0, 82))];
    }

    public static TokenRequest Request(int seed, int length, int newTokens = 8, string owner = "") => new()
    {
        Prompt = Text(seed, length),
        MaxNewTokens = newTokens,
        Owner = owner,
        Draw = new() { Seed = (ulong)seed },
    };

    public TokenStream Submit(TokenRequest request) => Loop.Submit(request, CancellationToken.None);

    /// <summary>A request whose caller may leave.</summary>
    public TokenStream SubmitUntil(CancellationTokenSource leaving, TokenRequest request) => Loop.Submit(request, leaving.Token);

    /// <summary>Steps until nothing is left; a loop that never ends is a failure.</summary>
    public void Drive(int most = 20_000)
    {
        while (Loop.Step())
        {
            Assert.True(most-- > 0, "The loop does not end.");
        }
    }

    public void Step(int times)
    {
        for (int time = 0; time < times; time++)
        {
            Loop.Step();
        }
    }

    /// <summary>What has come since last asked.</summary>
    public static List<TokenEvent> Read(TokenStream stream)
    {
        List<TokenEvent> events = [];
        while (stream.Channel.Reader.TryRead(out TokenEvent token))
        {
            events.Add(token);
        }

        return events;
    }

    /// <summary>Every choice's tokens with the bits of their log-probs, and how it ended.</summary>
    public static string Bits(IEnumerable<TokenEvent> events) => string.Join(
        "; ",
        events.GroupBy(token => token.Choice).OrderBy(choice => choice.Key).Select(choice => string.Join(
            " ",
            choice.Select(token => $"{token.Token.Id}:{BitConverter.SingleToInt32Bits(token.Token.LogProb):x}{token.Finish}"))));

    public string Answer(TokenRequest request)
    {
        TokenStream stream = Submit(request);
        Drive();
        return Bits(Read(stream));
    }

    public void Dispose()
    {
        Loop.Dispose();
        _workers.Dispose();
        _model.Dispose();
    }
}
