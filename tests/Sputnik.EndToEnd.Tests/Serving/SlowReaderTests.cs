using System.Net.Sockets;
using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A client that asks for more than it reads.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_cut_off_and_its_sequences_are_let_go()
    {
        // A drain without end: the server ends only when no request is left.
        await using ServedZero served = new(
            new ServerOptions { WriteTime = TimeSpan.FromMilliseconds(20), DrainTime = Timeout.InfiniteTimeSpan }, loaded: LoadedModel.Open(ZeroWithTools.In(_folder)));
        await served.InitializeAsync();
        Engine engine = served.Model.Responder.Engine;

        using Socket client = await UnreadStream.Begin(served);

        // Each look is a request of its own; were the reader waited for, the test would run into its timeout.
        while (engine.Status is { Running: > 0 } or { Waiting: > 0 } or { CancelledDecode: 0 })
        {
            await served.Client.GetStringAsync("/livez", Cancellation);
        }

        Assert.Equal(0, engine.Status.PagesUsed);
        await served.Server.StopAsync();
        Assert.Empty(served.Log);
    }
}
