using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Sputnik.Server;

/// <summary>
/// Models over HTTP, in the dialects of OpenAI, DeepSeek, Anthropic and Ollama. Nothing is read from the environment or from
/// files beside the options; no prompt is written to a log.
/// </summary>
public sealed class SputnikServer : IAsyncDisposable
{
    // Kestrel takes more than a second.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly ServerOptions _options;
    private readonly Drain _drain;
    private readonly IReadOnlyList<SelfTest> _tests;
    private readonly Traces _traces;

    private SputnikServer(WebApplication app, ServerOptions options, Drain drain, IReadOnlyList<SelfTest> tests, Traces traces) =>
        (_app, _options, _drain, _tests, _traces) = (app, options, drain, tests, traces);

    /// <summary>Where it listens, once started.</summary>
    public Uri Url
    {
        get
        {
            string? bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            return new(bound ?? throw new InvalidOperationException("The server has not been started."));
        }
    }

    /// <summary>Puts a server together; it does not listen yet.</summary>
    /// <param name="models">What it answers with; the first where a request names none.</param>
    /// <param name="options">Where it listens and what it takes.</param>
    /// <param name="store">Keys and ledger. The server does not dispose of it.</param>
    /// <param name="log">Told of its own faults, a line each.</param>
    /// <param name="time">The clock.</param>
    /// <param name="requests">Told of each request that a key was asked for, when it has ended; the store's audit is told of those that had a key, without the page's own.</param>
    /// <exception cref="ArgumentException">There is no model, or two have one name; the options cannot be, or would let anybody in.</exception>
    /// <exception cref="InvalidDataException">The files of TLS are not a certificate and its key.</exception>
    public static SputnikServer Create(
        IReadOnlyList<ServedModel> models, ServerOptions options, ServerStore store, Action<string>? log = null, TimeProvider? time = null, Action<AuditLine>? requests = null)
    {
        Desks.Check(models);
        options.Validate(store.Keys.Any());
        TimeProvider clock = time ?? TimeProvider.System;
        Action<string> say = log ?? (_ => { });
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        int requestsPerKey = models.Sum(model => model.Responder.Engine.RequestsPerOwner);
        HttpsConnectionAdapterOptions? tls = options is { TlsCertificate: { } certificate, TlsKey: { } key } ? TlsFiles.Read(certificate, key) : null;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, requestsPerKey, tls));
        if (tls is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        Drain drain = new(clock);
        Accounts accounts = new(options, store, clock, requests, say);
        Traces traces = new(options.TraceCollector, say, clock);
        Desks desks = new(models, options, accounts, clock, traces, drain.Closing);
        SelfTest[] tests = [.. models.Select(model => new SelfTest(model.Responder.Engine))];
        WebApplication app = builder.Build();
        app.Use(SecurityHeaders.Add);
        app.Use(accounts.Audit);
        app.Use(new ErrorBoundary(desks, say).Guard);
        app.Use(new HostGate(options).Guard);
        app.UseRouting();
        app.Use(new Gate(accounts, new(requestsPerKey)).Enter);
        app.Use(drain.Guard);
        Routes.Map(app, desks, accounts, new(tests, drain));
        return new(app, options, drain, tests, traces);
    }

    /// <summary>Every route, for tests that hold what is true of all.</summary>
    internal IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Listens, and tries each model; until all have passed /readyz says that it is starting.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidOperationException">The model does not compute numbers.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await _app.StartAsync(cancellation).ConfigureAwait(false);
        foreach (SelfTest test in _tests)
        {
            await test.Run(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses new requests, lets those that run finish within <see cref="ServerOptions.DrainTime"/>, ends the rest.</summary>
    public async Task StopAsync()
    {
        await _drain.Wait(_options.DrainTime).ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Ends at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _drain.Wait(TimeSpan.Zero).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _traces.DisposeAsync().ConfigureAwait(false);
        _drain.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options, int requestsPerKey, HttpsConnectionAdapterOptions? tls)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.Connections;

        // Kestrel's own patience with a reader is 5 s, so that ours would never end; 240 bytes a second is its default.
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: options.WriteTime > LeastPatience ? options.WriteTime : LeastPatience);

        // A connection is one client's. Kestrel's own 100 a connection would be 102,400 in all.
        kestrel.Limits.Http2.MaxStreamsPerConnection = requestsPerKey;
        IPAddress address = options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host);
        kestrel.Listen(address, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            if (tls is not null)
            {
                listen.UseHttps(tls);
            }
        });
    }
}
