using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Sputnik.Cli;
using Sputnik.Generation;
using Sputnik.Server;
using Sputnik.Tensors;

namespace Sputnik.EndToEnd.Tests;

/// <summary>The small model of this repository behind a server on a free port of this machine.</summary>
public sealed class ServedZero : IAsyncLifetime
{
    private readonly LoadedModel _loaded;
    private readonly Workers _workers = new(1);
    private readonly Engine _engine;
    private readonly LoadedModel? _beside;
    private readonly Workers _besideWorkers = new(1);
    private readonly Engine? _besideEngine;
    private readonly SputnikServer _server;

    public ServedZero()
        : this(new())
    {
    }

    /// <param name="options">The server's.</param>
    /// <param name="engine">The engine's.</param>
    /// <param name="loaded">Another model in its place, which it then disposes of.</param>
    /// <param name="beside">A second model, called "other", which it then disposes of.</param>
    internal ServedZero(ServerOptions options, EngineOptions? engine = null, LoadedModel? loaded = null, LoadedModel? beside = null)
    {
        string path = Repository.File("models/sputnik-zero");
        _loaded = loaded ?? LoadedModel.Open(path);
        _engine = new(_loaded.Model, _workers, engine);
        Model = ServedModels.Of(path, _loaded, _engine);
        if (beside is not null)
        {
            _beside = beside;
            _besideEngine = new(beside.Model, _besideWorkers, engine);
            Other = ServedModels.Of(path, beside, _besideEngine) with { Id = "other" };
        }

        _server = SputnikServer.Create(Other is null ? [Model] : [Model, Other], options with { Port = 0 }, Store, Log.Add);
    }

    public ServedModel Model { get; }

    /// <summary>The second model, where there is one.</summary>
    public ServedModel? Other { get; }

    public ServerStore Store { get; } = ServerStore.InMemory();

    /// <summary>What the server said of its own faults.</summary>
    public List<string> Log { get; } = [];

    internal SputnikServer Server => _server;

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = _server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _engine.Dispose();
        _besideEngine?.Dispose();
        _workers.Dispose();
        _besideWorkers.Dispose();
        _loaded.Dispose();
        _beside?.Dispose();
        Store.Dispose();
    }

    /// <summary>Posts a body and reads the JSON that comes back.</summary>
    public async Task<(int Status, JsonElement Body)> Post(string path, string body)
    {
        using HttpResponseMessage response = await Client.PostAsync(path, Json(body), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public async Task<(int Status, JsonElement Body)> Get(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>Posts a body and reads the lines of the stream that comes back.</summary>
    public async Task<string[]> Lines(string path, string body)
    {
        using HttpResponseMessage response = await Client.PostAsync(path, Json(body), TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Split('\n');
    }

    /// <summary>The JSON of every data line before the end mark.</summary>
    public async Task<JsonElement[]> Events(string path, string body)
    {
        string[] lines = await Lines(path, body);
        return [.. lines.Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line["data: ".Length..]).RootElement)];
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
