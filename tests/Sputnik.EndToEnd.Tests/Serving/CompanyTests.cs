using System.Globalization;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What a client gets does not depend on who else asks, on who leaves, or on what the server computed before.</summary>
public sealed class CompanyTests
{
    private const int Requests = 64;
    private const string Path = "/v1/chat/completions";

    // Room for half of the company: the rest waits, and some is preempted.
    private static readonly EngineOptions Engine = new() { ContextTokens = 320, MaxSequences = 12, QueueLength = 200, QueueLengthPerOwner = 200 };

    [Fact]
    public async Task Answers_alone_and_among_leaving_clients_are_the_same_to_the_byte()
    {
        await using ServedZero quiet = new(new ServerOptions(), Engine);
        await quiet.InitializeAsync();
        List<string> alone = [];
        for (int index = 0; index < Requests; index++)
        {
            alone.Add(await Answer(quiet, index));
        }

        await using ServedZero busy = new(new ServerOptions(), Engine);
        await busy.InitializeAsync();

        // A response that is disposed of closes its connection: without this, .NET reads on for two seconds first.
        using SocketsHttpHandler handler = new() { MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero };
        using HttpClient leaver = new(handler) { BaseAddress = busy.Client.BaseAddress };
        Task[] leaving = [.. Enumerable.Range(0, Requests).Select(index => Leave(leaver, index))];
        string[] together = await Task.WhenAll(Enumerable.Range(0, Requests).Select(index => Answer(busy, index)));
        await Task.WhenAll(leaving);

        Assert.Equal(alone, together);
        Assert.True(alone.Distinct().Count() > Requests / 2);
        await busy.Server.StopAsync();
        EngineStatus status = busy.Model.Responder.Engine.Status;
        Assert.True(status.PrefixHitTokens > 0);
        Assert.True(status.CancelledQueued + status.CancelledPrefill + status.CancelledDecode > 0);
        Assert.Equal(0, status.Failed);
        Assert.Empty(busy.Log);
    }

    /// <summary>The text of an answer with its log-probs, all pieces in their order; ids and times are no part of it.</summary>
    private static async Task<string> Answer(ServedZero served, int index)
    {
        (int status, JsonElement body) = await served.Post(Path, Body(index));

        Assert.Equal(200, status);
        return body.GetProperty("choices").GetRawText() + body.GetProperty("usage").GetProperty("completion_tokens").GetRawText();
    }

    /// <summary>Begins a long continuation and leaves in its midst.</summary>
    private static async Task Leave(HttpClient client, int index)
    {
        CounterRandom random = new((ulong)index, "who leaves when");
        string body = $$"""{"prompt":"{{random.NextInt(2, 9)}}x = {{index}}","max_tokens":250,"seed":{{index}},"ignore_eos":true,"stream":true}""";
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/completions") { Content = ServedZero.Json(body) };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        for (int left = random.NextInt(0, 40); left > 0 && await lines.ReadLineAsync(TestContext.Current.CancellationToken) is not null; left--)
        {
        }
    }

    /// <summary>Different in everything; three in four questions begin like others.</summary>
    private static string Body(int index)
    {
        CounterRandom random = new((ulong)index, "a question");
        string beginning = index % 4 == 0 ? "" : string.Concat(Enumerable.Repeat($"Given x + {index % 4} = 9. ", 12));
        string temperature = (index % 3 * 0.6).ToString(CultureInfo.InvariantCulture);
        return $$"""
            {"messages":[{"role":"user","content":"{{beginning}}Solve for x: {{random.NextInt(2, 9)}}x = {{random.NextInt(10, 99)}}."}],
             "max_tokens":{{random.NextInt(1, 60)}},"seed":{{index}},"temperature":{{temperature}},"top_p":{{(index % 2 == 0 ? "0.9" : "1")}},
             "n":{{(index % 9 == 0 ? 2 : 1)}},"logprobs":true}
            """;
    }
}
