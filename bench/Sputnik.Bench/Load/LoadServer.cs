using System.Net.Http.Headers;
using System.Text.Json;

namespace Sputnik.Bench;

/// <summary>The server under load, as its clients reach it.</summary>
internal sealed class LoadServer : IDisposable
{
    private readonly HttpClient _client;
    private readonly LoadPlan _plan;

    public LoadServer(LoadPlan plan)
    {
        _plan = plan;

        // A response that is disposed of closes its connection: without this, .NET reads on for two seconds first.
        SocketsHttpHandler handler = new() { MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero };
        _client = new(handler) { BaseAddress = plan.Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Token ids of the model.</summary>
    public int Vocabulary { get; private set; }

    /// <summary>Its longest sequence.</summary>
    public int Context { get; private set; }

    /// <summary>What it calls the model.</summary>
    public string Model { get; private set; } = "";

    /// <summary>Learns what it serves.</summary>
    public async Task Meet()
    {
        using HttpResponseMessage response = await Send(HttpMethod.Get, "/props", 0, null, CancellationToken.None);
        using var props = JsonDocument.Parse(await Text(response));
        Vocabulary = props.RootElement.GetProperty("n_vocab").GetInt32();
        Context = props.RootElement.GetProperty("default_generation_settings").GetProperty("n_ctx").GetInt32();
        Model = props.RootElement.GetProperty("model_alias").GetString() ?? "";
    }

    /// <summary>The counters, read with the first key.</summary>
    public async Task<MetricsPage> Metrics()
    {
        using HttpResponseMessage response = await Send(HttpMethod.Get, "/metrics", 0, null, CancellationToken.None);
        return new(await Text(response));
    }

    /// <summary>Asks; returns with the first token, which the server sends with its headers.</summary>
    public Task<HttpResponseMessage> Ask(LoadRequest request, int key, CancellationToken cancellation)
    {
        ByteArrayContent body = new(request.Body);
        body.Headers.ContentType = new("application/json");
        return Send(HttpMethod.Post, "/v1/completions", key, body, cancellation);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, int key, HttpContent? body, CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(method, path) { Content = body };
        if (_plan.Keys[key].Length > 0)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _plan.Keys[key]);
        }

        return await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static async Task<string> Text(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidDataException($"{response.RequestMessage?.RequestUri} answers {(int)response.StatusCode}: {text}");
    }
}
