using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What a server that was told to end still answers while an answer of it runs.</summary>
public sealed class EndingServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_watched_to_its_end_and_takes_no_work()
    {
        await using ServedZero served = new(
            new ServerOptions { WriteTime = TimeSpan.FromHours(1), DrainTime = Timeout.InfiniteTimeSpan }, loaded: LoadedModel.Open(ZeroWithTools.In(_folder)));
        await served.InitializeAsync();
        Socket running = await UnreadStream.Begin(served);
        Task ending = served.Server.StopAsync();

        using HttpResponseMessage metrics = await served.Client.GetAsync("/metrics", Cancellation);
        (int lives, _) = await served.Get("/livez");
        (int ready, JsonElement why) = await served.Get("/readyz");
        (int status, JsonElement refused) = await served.Post("/v1/chat/completions", """{"messages":[{"role":"user","content":"x"}],"max_tokens":1}""");

        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Contains("\nsputnik_requests_running ", await metrics.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((200, 503, "ending"), (lives, ready, why.GetProperty("status").GetString()));
        Assert.Equal((503, "shutting_down"), (status, refused.GetProperty("error").GetProperty("code").GetString()));
        Assert.False(ending.IsCompleted);

        running.Dispose();
        await ending;
    }
}
