using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The page over loopback, with a model that says what a test has written down.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    /// <summary>What the server sends with every file of the page.</summary>
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _thinking = [];
    private int _answers;

    private FakeServer(WebApplication app)
    {
        _app = app;
    }

    /// <summary>Bodies of the completions asked for, first to last.</summary>
    public ConcurrentQueue<JsonNode> Asked { get; } = [];

    /// <summary>The key the server wants, or null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Whether there are runs and a ledger.</summary>
    public bool Keeps { get; init; }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    public static async Task<FakeServer> Start(string? key = null, bool keeps = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        FakeServer server = new(app) { Key = key, Keeps = keeps };
        server.Map();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        PhysicalFileProvider files = new(Repository.File("src/Sputnik.Server/wwwroot"));
        _app.Use(async (context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            await next(context);
        });
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        _app.Use(Guard);
        _app.UseRouting();
        _app.MapGet("/v1/models", () => Results.Content(FakeAnswers.Models, "application/json"));
        _app.MapPost("/v1/chat/completions", Complete);
        _app.MapPost("/v1/chat/completions/{id}/stop-thinking", (string id) =>
        {
            _thinking[id].TrySetResult();
            return Results.NoContent();
        });
        foreach ((string path, string answer) in Keeps ? FakeAnswers.Kept : [])
        {
            _app.MapGet(path, () => Results.Content(answer, "application/json"));
        }

        _app.MapFallback(() => Results.Content(FakeAnswers.Error("There is no such route.", "not_found"), "application/json", statusCode: 404));
    }

    private async Task Guard(HttpContext context, RequestDelegate next)
    {
        if (Key is not null && context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = 401;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(FakeAnswers.Error("A key is missing or wrong.", "invalid_api_key"));
            return;
        }

        await next(context);
    }

    private async Task Complete(HttpContext context)
    {
        JsonNode asked = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        Asked.Enqueue(asked);
        string question = (string)asked["messages"]!.AsArray()[^1]!["content"]!;
        string id = $"chatcmpl-{Interlocked.Increment(ref _answers)}";
        TaskCompletionSource stopped = _thinking[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Response.ContentType = "text/event-stream";
        foreach (string chunk in FakeAnswers.For(question, id, _answers))
        {
            if (chunk == FakeAnswers.UntilStopped)
            {
                await stopped.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                context.RequestAborted.ThrowIfCancellationRequested();
                continue;
            }

            await context.Response.WriteAsync($"data: {chunk}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
