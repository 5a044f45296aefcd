using Microsoft.AspNetCore.Http;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>How long a request is waited for.</summary>
public sealed class RequestWatchTests : IAsyncLifetime
{
    private static readonly ServerOptions Impatient = new() { QueueTime = TimeSpan.Zero, KeepAlive = TimeSpan.FromMilliseconds(1) };

    private readonly ServedZero _served = new();
    private readonly Traces _traces = new(null, _ => { }, TimeProvider.System);
    private readonly DefaultHttpContext _context = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _traces.DisposeAsync();
        await _served.DisposeAsync();
    }

    [Fact]
    public async Task A_prompt_that_is_being_read_does_not_wait_in_the_queue()
    {
        using RequestWatch watch = Watch(Impatient);
        TaskCompletionSource alive = new();
        List<int> came = [];

        await foreach (int item in watch.Watch(After(alive.Task), () => TimeSpan.Zero, Sign))
        {
            came.Add(item);
        }

        Assert.Equal([1], came);

        Task Sign()
        {
            alive.TrySetResult();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_request_that_was_not_begun_in_time_is_told_so()
    {
        using RequestWatch watch = Watch(Impatient);

        ApiException refused = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (int _ in watch.Watch(After(Task.Delay(Timeout.Infinite, watch.Token)), () => null, null))
            {
            }
        });

        Assert.Equal((503, "queue_timeout"), (refused.Error.Status, refused.Error.Code));
    }

    private RequestWatch Watch(ServerOptions options) => new(Desk(options), _context, "chat");

    private AnswerDesk Desk(ServerOptions options) =>
        new(_served.Model, options, new(options, _served.Store, TimeProvider.System), TimeProvider.System, _traces, TestContext.Current.CancellationToken);

    private static async IAsyncEnumerable<int> After(Task task)
    {
        await task;
        yield return 1;
    }
}
