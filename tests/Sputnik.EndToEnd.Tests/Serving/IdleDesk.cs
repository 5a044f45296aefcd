using Microsoft.AspNetCore.Http;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Text;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What stands behind a server's routes, without the server: its engine does nothing but what a test asks.</summary>
internal sealed class IdleDesk : IAsyncDisposable
{
    private readonly ServedZero _served = new();
    private readonly Traces _traces = new(null, _ => { }, TimeProvider.System);

    public IdleDesk(ServerOptions? options = null)
    {
        options ??= new();
        Desk = new Desks([_served.Model], options, new(options, _served.Store, TimeProvider.System), TimeProvider.System, _traces, TestContext.Current.CancellationToken).Of(null);
    }

    public AnswerDesk Desk { get; }

    /// <summary>What was charged.</summary>
    public LedgerTable Ledger => _served.Store.Ledger;

    /// <summary>Some question.</summary>
    public static AnswerRequest Question => new() { Messages = [new(ChatRole.User, "2x = 8")], MaxNewTokens = 4 };

    /// <summary>A request that has passed the gate.</summary>
    public static HttpContext Asked()
    {
        DefaultHttpContext context = new();
        new Caller("local", "owner", SeesAll: true).Enter(context);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _traces.DisposeAsync();
        await _served.DisposeAsync();
    }
}
