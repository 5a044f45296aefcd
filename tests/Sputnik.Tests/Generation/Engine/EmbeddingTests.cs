using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

/// <summary>An embedding is what its definition says, whatever runs beside it.</summary>
public sealed class EmbeddingTests
{
    private const int Texts = 12;

    public static TheoryData<string> Families => [.. TinyModels.Names];

    [Theory]
    [MemberData(nameof(Families))]
    public void It_is_the_mean_of_the_hidden_states_divided_by_its_length(string family)
    {
        foreach (int length in (int[])[1, 2, 65, 130])
        {
            Assert.Equal(Bits(Defined(family, Serving.Text(9, length))), Bits(Alone(family, Serving.Text(9, length))));
        }
    }

    [Fact]
    public void It_has_length_one()
    {
        float[] vector = Alone("Qwen3", Serving.Text(3, 40));

        Assert.Equal(1, Math.Sqrt(vector.Sum(x => (double)x * x)), 1e-6);
    }

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(7, 2, 6)]
    [InlineData(64, 1, 40)]
    [InlineData(64, 3, 5)]
    public void Company_chunks_and_threads_change_no_bit(int stepRows, int threads, int pages)
    {
        using Serving serving = new(Serving.Pages(pages) with { StepRows = stepRows, MaxSequences = 5, QueueLength = 200, QueueLengthPerOwner = 200 }, threads);
        List<TokenStream> streams = [];
        List<TokenStream> neighbours = [];
        for (int index = 0; index < Texts; index++)
        {
            streams.Add(serving.Submit(Request(Text(index))));
            neighbours.Add(serving.Submit(Serving.Request(index, 30 + index, newTokens: 40, owner: "other")));
        }

        serving.Drive();

        Assert.Equal(Enumerable.Range(0, Texts).Select(index => Bits(Alone("Qwen3", Text(index)))), streams.Select(stream => Bits(stream.Embedding)));
        Assert.All(neighbours, (stream, index) => Assert.Equal(AnswerAlone(index), Serving.Bits(Serving.Read(stream))));
        Assert.Equal(0, serving.Status.PagesUsed);
        Assert.True(serving.Status.Preempted > 0);
    }

    [Fact]
    public void Pages_that_are_kept_are_not_read_but_given_to_others()
    {
        int[] text = Serving.Text(4, 130);
        using Serving serving = new(new());
        TokenStream first = serving.Submit(Request(text));
        serving.Drive();
        TokenStream second = serving.Submit(Request(text));
        serving.Drive();
        TokenStream answer = serving.Submit(new() { Prompt = text, MaxNewTokens = 1 });
        serving.Drive();

        Assert.Equal(Bits(first.Embedding), Bits(second.Embedding));
        Assert.Equal(0, second.CachedTokens);
        Assert.Equal(2 * KvCache.PageKeys, answer.CachedTokens);
        Assert.Empty(Serving.Read(first));
        Assert.Empty(answer.Embedding);
    }

    [Fact]
    public void A_text_may_fill_the_context_and_not_more()
    {
        using Serving serving = new(new());
        int most = serving.Loop.Plan.ContextTokens;
        TokenStream full = serving.Submit(Request(Serving.Text(1, most)));
        serving.Drive();

        Assert.NotEmpty(full.Embedding);
        ContextOverflowException error = Assert.Throws<ContextOverflowException>(() => serving.Submit(Request(Serving.Text(1, most + 1))));
        Assert.Equal((most + 1, most), (error.PromptTokens, error.ContextTokens));
    }

    [Fact]
    public void What_would_draw_is_refused()
    {
        using Serving serving = new(new());
        TokenRequest request = Request([1, 2]);

        Assert.Throws<ArgumentException>(() => serving.Submit(request with { MaxNewTokens = 1 }));
        Assert.Throws<ArgumentException>(() => serving.Submit(request with { Choices = 2 }));
        Assert.Throws<ArgumentException>(() => serving.Submit(request with { PromptLogProbs = true }));
        Assert.Throws<ArgumentException>(() => serving.Submit(request with { Embedding = false }));
    }

    [Fact]
    public async Task Weights_that_overflow_fail_the_request_alone()
    {
        using Serving serving = new(new(), change: model =>
        {
            model.Weights[0].Values[..(model.Weights[0].Values.Length / model.VocabularySize)].Fill(float.NaN);
            model.Weights[0].Touch();
        });
        TokenStream damaged = serving.Submit(Request([0, 1]));
        TokenStream sound = serving.Submit(Request([1, 2]));
        serving.Drive();

        await Assert.ThrowsAsync<InvalidOperationException>(() => damaged.Channel.Reader.Completion);
        Assert.NotEmpty(sound.Embedding);
    }

    private static TokenRequest Request(int[] text) => new() { Prompt = text, MaxNewTokens = 0, Embedding = true };

    // Three in four begin like another.
    private static int[] Text(int index) => [.. index % 4 == 0 ? [] : Serving.Text(index % 4, 66), .. Serving.Text(1000 + index, 1 + (index * 5))];

    private static float[] Alone(string family, int[] text)
    {
        using Serving serving = new(new(), model: family);
        TokenStream stream = serving.Submit(Request(text));
        serving.Drive();
        return [.. stream.Embedding];
    }

    private static string AnswerAlone(int index)
    {
        using Serving serving = new(new());
        return serving.Answer(Serving.Request(index, 30 + index, newTokens: 40, owner: "other"));
    }

    /// <summary>One forward pass over the whole text, and the formula.</summary>
    private static float[] Defined(string family, int[] text)
    {
        using ILanguageModel model = TinyModels.Create(family);
        using Workers workers = new(1);
        using Arena arena = new();
        using KvCache cache = new(model.KvShape, KvCache.PagesFor(text.Length), sequences: 1, text.Length);
        int sequence = cache.Open();
        cache.Extend(sequence, text.Length);
        Batch batch = new(text.Length);
        batch.Add(text, sequence, 0);
        Tensor hidden = model.Hidden(new(arena, workers), batch, cache);
        double[] mean = new double[hidden[0].Length];
        for (int column = 0; column < mean.Length; column++)
        {
            for (int row = 0; row < text.Length; row++)
            {
                mean[column] += hidden[row][column];
            }

            mean[column] /= text.Length;
        }

        double squares = 0;
        foreach (double x in mean)
        {
            squares += x * x;
        }

        return [.. mean.Select(x => (float)(x / Math.Sqrt(squares)))];
    }

    private static string Bits(IEnumerable<float> vector) => string.Join(' ', vector.Select(x => BitConverter.SingleToInt32Bits(x).ToString("x", null)));
}
