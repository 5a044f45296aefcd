using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What a request is charged: what was computed for it, once.</summary>
public sealed class ChargeTests
{
    [Fact]
    public async Task A_client_that_leaves_is_charged_for_every_choice()
    {
        await using IdleDesk idle = new();
        AnswerRequest four = new() { Messages = [new(Text.ChatRole.User, "Solve for x: 2x = 8.")], Choices = 4, Draw = new() { Temperature = 2, Seed = 2 } };
        (int thinking, int pieces, int ended) = (0, 0, 0);

        await using (AnswerRun run = idle.Desk.Ask("chat", four, IdleDesk.Asked()))
        {
            await foreach (AnswerPiece piece in run.Pieces())
            {
                pieces += piece.Text.Length > 0 ? 1 : 0;
                thinking += piece.Kind == AnswerPieceKind.Thinking ? 1 : 0;
                if (piece.End is AnswerEnd end)
                {
                    ended = end.CompletionTokens;
                    break;
                }
            }
        }

        LedgerTokens tokens = Assert.Single(idle.Ledger.Since(DateOnly.MinValue)).Tokens;
        Assert.InRange(ended, 1, pieces - 1);
        Assert.InRange(tokens.Completion, pieces, long.MaxValue);
        Assert.InRange(tokens.Reasoning, thinking == 0 ? 0 : 1, tokens.Completion);
    }

    [Fact]
    public async Task A_request_that_was_never_begun_costs_no_tokens()
    {
        await using IdleDesk idle = new();
        HttpContext left = IdleDesk.Asked();
        left.RequestAborted = new(canceled: true);

        await using (idle.Desk.Ask("chat", IdleDesk.Question, left))
        await using (idle.Desk.Continue([new() { Prompt = [5, 6, 7] }], left))
        {
        }

        Assert.Equal(new LedgerTokens(2, 0, 0, 0), Assert.Single(idle.Ledger.Since(DateOnly.MinValue)).Tokens);
    }

    [Fact]
    public async Task Several_prompts_or_texts_are_one_request()
    {
        await using ServedZero served = new(new());
        await served.InitializeAsync();

        (int embedded, JsonElement vectors) = await served.Post("/v1/embeddings", """{"input":["x","2x = 8","3x"]}""");
        (int continued, JsonElement texts) = await served.Post("/v1/completions", """{"prompt":["1 + 1 = ","2 + 2 = ","3"],"max_tokens":4,"n":2,"ignore_eos":true}""");
        string metrics = await served.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal((200, 200), (embedded, continued));
        LedgerTokens tokens = Assert.Single(served.Store.Ledger.Since(DateOnly.MinValue)).Tokens;
        Assert.Equal(2, tokens.Requests);
        Assert.Equal(Usage(vectors, "prompt_tokens") + Usage(texts, "prompt_tokens"), tokens.Prompt);
        Assert.Equal((24, 24), (Usage(texts, "completion_tokens"), tokens.Completion));
        Assert.Equal(Enumerable.Range(0, 6), texts.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("index").GetInt32()));
        Assert.Contains("sputnik_e2e_request_latency_seconds_count 2\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_texts_than_the_queue_takes_are_computed_all_the_same()
    {
        await using ServedZero served = new(new(), new EngineOptions { MaxSequences = 3, QueueLength = 1, QueueLengthPerOwner = 1 });
        await served.InitializeAsync();

        (int status, JsonElement many) = await served.Post("/v1/embeddings", $$"""{"input":[{{string.Join(',', Enumerable.Range(0, 12).Select(i => $"\"{i}x\""))}}]}""");
        (_, JsonElement one) = await served.Post("/v1/embeddings", """{"input":"7x"}""");

        Assert.True(status == 200, many.GetRawText());
        Assert.Equal(12, many.GetProperty("data").GetArrayLength());
        Assert.Equal(one.GetProperty("data")[0].GetProperty("embedding").GetRawText(), many.GetProperty("data")[7].GetProperty("embedding").GetRawText());
    }

    [Fact]
    public async Task A_refused_request_has_no_time()
    {
        await using IdleDesk idle = new();
        AnswerRequest tooLong = IdleDesk.Question with { Messages = [new(Text.ChatRole.User, new string('7', idle.Desk.Model.ContextTokens))] };

        Assert.Throws<ApiException>(() => idle.Desk.Ask("chat", tooLong, IdleDesk.Asked()));
        Assert.Throws<ApiException>(() => idle.Desk.Continue([new() { Prompt = new int[idle.Desk.Model.ContextTokens] }], IdleDesk.Asked()));

        Assert.Contains("sputnik_e2e_request_latency_seconds_count 0\n", Written(idle.Desk.Metrics), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_a_day_count_when_they_are_let_in()
    {
        using ServerStore store = ServerStore.InMemory();
        (_, ApiKey key) = store.Keys.Add("day", Scope.All, new() { RequestsPerDay = 2 }, DateTimeOffset.UnixEpoch);
        RateLimits limits = new(store, TimeProvider.System);
        HttpResponse response = new DefaultHttpContext().Response;

        limits.Count(key, response);
        limits.Count(key, response);
        ApiException refused = Assert.Throws<ApiException>(() => limits.Count(key, response));

        Assert.Equal("insufficient_quota", refused.Error.Code);
    }

    private static string Written(Metrics metrics)
    {
        StringBuilder text = new();
        foreach (Counter counter in metrics.Counters)
        {
            counter.WriteLines(text, "");
        }

        foreach (Histogram histogram in metrics.Histograms)
        {
            histogram.WriteLines(text, "");
        }

        return text.ToString();
    }

    private static int Usage(JsonElement reply, string field) => reply.GetProperty("usage").GetProperty(field).GetInt32();
}
