using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>How long a request is waited for.</summary>
public sealed class RequestWatchTests
{
    private static readonly ServerOptions Impatient = new() { QueueTime = TimeSpan.Zero, KeepAlive = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task A_prompt_that_is_being_read_does_not_wait_in_the_queue()
    {
        await using IdleDesk idle = new(Impatient);
        using RequestWatch watch = new(idle.Desk, IdleDesk.Asked(), "chat");
        TaskCompletionSource alive = new();
        List<int> came = [];

        // What it waits for comes only after the time of the queue.
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
        await using IdleDesk idle = new(Impatient);
        using RequestWatch watch = new(idle.Desk, IdleDesk.Asked(), "chat");

        ApiException refused = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (int _ in watch.Watch(After(Task.Delay(Timeout.Infinite, watch.Token)), () => null, null))
            {
            }
        });

        Assert.Equal((503, "queue_timeout"), (refused.Error.Status, refused.Error.Code));
    }

    private static async IAsyncEnumerable<int> After(Task task)
    {
        await task;
        yield return 1;
    }
}
