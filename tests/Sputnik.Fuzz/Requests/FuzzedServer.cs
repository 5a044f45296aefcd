using System.Collections.Concurrent;
using System.Net;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>The small model of this repository behind a server on a free port of this machine, and what the server said of its own faults.</summary>
internal sealed class FuzzedServer : IDisposable
{
    // Room for a short answer: what damage makes of max_tokens must not decide how long a run takes.
    private const int Context = 128;

    private readonly LoadedModel _loaded = LoadedModel.Open(Checkout("models/sputnik-zero"));
    private readonly Workers _workers = new(1);
    private readonly ServerStore _store = ServerStore.InMemory();
    private readonly Engine _engine;

    public FuzzedServer()
    {
        _engine = new(_loaded.Model, _workers, new() { ContextTokens = Context });
        ServedModel model = new()
        {
            Id = "sputnik-zero",
            Responder = new(_loaded, _engine),
            Created = DateTimeOffset.UnixEpoch,
            Family = _loaded.Model.Architecture,
            Parameters = _loaded.Model.Parameters,
            Width = _loaded.Model.Head.In,
            Bytes = 4 * _loaded.Model.Parameters,
            TrainedContext = _loaded.Model.MaxLength,
            Format = "F32",
        };
        Server = SputnikServer.Create([model], new() { Port = 0 }, _store, Faults.Enqueue);
        Server.StartAsync().GetAwaiter().GetResult();
    }

    public SputnikServer Server { get; }

    public IPEndPoint Address => new(IPAddress.Loopback, Server.Url.Port);

    /// <summary>Lines of its log: each is a request it failed at.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public void Dispose()
    {
        Server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine.Dispose();
        _workers.Dispose();
        _loaded.Dispose();
        _store.Dispose();
    }

    private static string Checkout(string path)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Sputnik.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine((at ?? throw new InvalidOperationException("The fuzzer does not run from a checkout.")).FullName, path);
    }
}
