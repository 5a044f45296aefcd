using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Sputnik.Server;

namespace Sputnik.EndToEnd.Tests;

/// <summary>What a collector of traces is told.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Question = """{"messages":[{"role":"user","content":"A secret: 2x = 8"}],"max_tokens":8}""";
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    private readonly ConcurrentQueue<(string Path, string Body)> _received = [];
    private WebApplication? _collector;
    private Uri? _address;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using StreamReader body = new(context.Request.Body);
            _received.Enqueue((context.Request.Path, await body.ReadToEndAsync(context.RequestAborted)));
        });
        await _collector.StartAsync(TestContext.Current.CancellationToken);
        _address = new(_collector.Urls.Single());
    }

    public async ValueTask DisposeAsync() => await _collector!.DisposeAsync();

    [Fact]
    public async Task An_answer_is_a_span_of_its_clients_trace_with_its_tokens_and_phases()
    {
        JsonElement answer = await Ask($"00-{Trace}-{Parent}-01");

        JsonElement[] spans = Spans();
        JsonElement span = spans.Single(one => one.GetProperty("kind").GetInt32() == 2);
        Assert.Equal((Trace, Parent), (span.GetProperty("traceId").GetString(), span.GetProperty("parentSpanId").GetString()));
        Assert.Equal("chat sputnik-zero", span.GetProperty("name").GetString());
        Assert.Equal(answer.GetProperty("id").GetString(), Attribute(span, "gen_ai.response.id").GetProperty("stringValue").GetString());
        Assert.Equal(answer.GetProperty("usage").GetProperty("prompt_tokens").GetRawText(), Attribute(span, "gen_ai.usage.input_tokens").GetProperty("intValue").GetString());
        Assert.Equal(answer.GetProperty("usage").GetProperty("completion_tokens").GetRawText(), Attribute(span, "gen_ai.usage.output_tokens").GetProperty("intValue").GetString());
        Assert.Equal(["queue", "prefill", "decode"], spans.Except([span]).OrderBy(Start).Select(child => child.GetProperty("name").GetString()));
        Assert.All(spans.Where(one => one.GetProperty("kind").GetInt32() == 1), child => Assert.Equal(span.GetProperty("spanId").GetString(), child.GetProperty("parentSpanId").GetString()));
        Assert.DoesNotContain("secret", string.Concat(_received.Select(one => one.Body)), StringComparison.Ordinal);
        Assert.All(_received, one => Assert.Equal("/v1/traces", one.Path));
    }

    [Fact]
    public async Task A_client_that_does_not_record_its_trace_leaves_none()
    {
        await Ask($"00-{Trace}-{Parent}-00");

        Assert.Empty(_received);
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_no_answer_and_one_line_of_the_log()
    {
        await _collector!.StopAsync(TestContext.Current.CancellationToken);

        JsonElement answer = await Ask(null, out ServedZero served);

        Assert.True(answer.TryGetProperty("usage", out _));
        Assert.Single(served.Log);
    }

    private Task<JsonElement> Ask(string? parent) => Ask(parent, out _);

    private Task<JsonElement> Ask(string? parent, out ServedZero served)
    {
        served = new(new ServerOptions { TraceCollector = _address });
        return Ask(served, parent);
    }

    // Spans are with the collector when the server has ended.
    private static async Task<JsonElement> Ask(ServedZero served, string? parent)
    {
        await using (served)
        {
            await served.InitializeAsync();
            if (parent is not null)
            {
                served.Client.DefaultRequestHeaders.Add("traceparent", parent);
            }

            (_, JsonElement answer) = await served.Post("/v1/chat/completions", Question);
            await served.Server.StopAsync();
            return answer;
        }
    }

    private JsonElement[] Spans() => [.. _received
        .SelectMany(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("resourceSpans").EnumerateArray())
        .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray())
        .SelectMany(scope => scope.GetProperty("spans").EnumerateArray())];

    private static long Start(JsonElement span) => long.Parse(span.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Attribute(JsonElement span, string key) =>
        span.GetProperty("attributes").EnumerateArray().Single(one => one.GetProperty("key").GetString() == key).GetProperty("value");
}
