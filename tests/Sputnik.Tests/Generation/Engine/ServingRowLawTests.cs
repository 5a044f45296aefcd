using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

/// <summary>The row law for serving: company, cache hits, cancelled neighbours, chunks, threads and preemption change no bit.</summary>
public sealed class ServingRowLawTests
{
    private const int Requests = 64;
    private static readonly Lazy<string[]> Alone = new(EachAlone);

    [Theory]
    [InlineData(1, 1, 6)]
    [InlineData(7, 2, 6)]
    [InlineData(64, 1, 40)]
    [InlineData(64, 3, 5)]
    public void Company_changes_no_bit(int stepRows, int threads, int pages)
    {
        using Serving serving = new(Serving.Pages(pages) with { StepRows = stepRows, MaxSequences = 5, QueueLength = 200, QueueLengthPerOwner = 200 }, threads);
        List<TokenStream> streams = [];
        List<CancellationTokenSource> cancels = [];
        for (int index = 0; index < Requests; index++)
        {
            streams.Add(serving.Submit(Request(index)));
            CancellationTokenSource cancel = new();
            serving.SubmitUntil(cancel, Request(index) with { MaxNewTokens = 100 });
            cancels.Add(cancel);
        }

        CounterRandom random = new(3, "when neighbours leave");
        for (int index = 0; serving.Loop.Step(); index++)
        {
            if (index % 2 == 0 && cancels.Count > 0)
            {
                int leaving = random.NextInt(0, cancels.Count - 1);
                cancels[leaving].Cancel();
                cancels[leaving].Dispose();
                cancels.RemoveAt(leaving);
            }
        }

        EngineStatus status = serving.Status;
        Assert.Equal(Alone.Value, streams.Select(stream => Serving.Bits(Serving.Read(stream))));
        Assert.Equal(0, status.PagesUsed);
        Assert.True(status.PrefixHitTokens > 0);
        Assert.True(status.Preempted > 0);
    }

    [Fact]
    public void An_answer_without_filters_is_drawn_from_the_logits_of_its_text()
    {
        TokenRequest request = Serving.Request(5, 70, newTokens: 30);
        using Serving serving = new(new());
        TokenStream stream = serving.Submit(request);
        serving.Drive();
        int[] answer = [.. Serving.Read(stream).Select(token => token.Token.Id)];

        CounterRandom random = new CounterRandom(5, "answer").Split(0);
        List<int> drawn = [];
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        float[] scratch = new float[model.VocabularySize];
        Prefill.Logits(model, workers, [.. request.Prompt, .. answer[..^1]], (position, logits) =>
        {
            if (position >= request.Prompt.Count - 1)
            {
                drawn.Add(Sampler.Draw(logits, 1, ref random, scratch).Id);
            }
        });

        Assert.Equal(drawn, answer);
    }

    private static string[] EachAlone() => [.. Enumerable.Range(0, Requests).Select(index =>
    {
        using Serving serving = new(Serving.Pages(40));
        return serving.Answer(Request(index));
    })];

    /// <summary>Different in everything; three in four begin like another.</summary>
    private static TokenRequest Request(int index)
    {
        CounterRandom random = new((ulong)index, "a request");
        int[] beginning = index % 4 == 0 ? [] : Serving.Text(index % 4, 66 + random.NextInt(0, 20));
        return new()
        {
            Prompt = [.. beginning, .. Serving.Text(1000 + index, random.NextInt(1, 70))],
            MaxNewTokens = random.NextInt(1, 40),
            StopTokens = [7],
            Choices = index % 5 == 0 ? 3 : 1,
            Owner = index % 2 == 0 ? "even" : "odd",
            Draw = new()
            {
                Seed = (ulong)index,
                Temperature = index % 3 == 0 ? 0 : 0.7f,
                TopP = index % 2 == 0 ? 0.9f : 1,
                TopK = index % 7 == 0 ? 5 : 0,
                MinP = index % 6 == 1 ? 0.05f : 0,
                RepetitionPenalty = index % 8 == 2 ? 1.3f : 1,
                FrequencyPenalty = index % 8 == 3 ? 0.5f : 0,
            },
        };
    }
}
