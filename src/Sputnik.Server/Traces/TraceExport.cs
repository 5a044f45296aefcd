using System.Diagnostics;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Sputnik.Server;

/// <summary>Sends spans to a collector in OTLP over HTTP, as JSON. A collector that is slow or away costs spans, never an answer.</summary>
internal sealed class TraceExport : IAsyncDisposable
{
    // OpenTelemetry's batch processor has the same three by default: queue, batch and delay.
    private const int QueueSpans = 2048;
    private const int BatchSpans = 512;
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    // OTLP's exporters give up after as long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Channel<Activity> _ended = Channel.CreateBounded<Activity>(new BoundedChannelOptions(QueueSpans) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly ActivityListener _listener;
    private readonly Uri _collector;
    private readonly Action<string> _log;
    private readonly TimeProvider _time;
    private readonly Task _sending;
    private bool _failing;

    public TraceExport(ActivitySource source, Uri collector, Action<string> log, TimeProvider time)
    {
        // The base is one for traces, metrics and logs; each has its own path (OTLP 1.x, "OTLP/HTTP Request").
        _collector = new(collector.AbsoluteUri.TrimEnd('/') + "/v1/traces");
        (_log, _time) = (log, time);
        _listener = new()
        {
            ShouldListenTo = other => ReferenceEquals(other, source),
            Sample = Sample,
            ActivityStopped = activity => _ended.Writer.TryWrite(activity),
        };
        ActivitySource.AddActivityListener(_listener);
        _sending = Send();
    }

    /// <summary>Sends what is left, once.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _ended.Writer.TryComplete();
        await _end.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _http.Dispose();
        _end.Dispose();
    }

    // A client that says its trace is not recorded is taken at its word.
    private static ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.None;

    private async Task Send()
    {
        List<Activity> batch = [];
        while (await _ended.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await Task.Delay(Delay, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < BatchSpans && _ended.Reader.TryRead(out Activity? activity))
            {
                batch.Add(activity);
            }

            await Post(batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private async Task Post(List<Activity> batch)
    {
        using var content = new ByteArrayContent(TraceJson.Of(batch));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        string? failure;
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(_collector, content).ConfigureAwait(false);
            failure = response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            failure = exception.Message;
        }

        // Once for each time it goes away, or the log would be full of it.
        if (failure is not null && !_failing)
        {
            _log($"Traces do not reach {_collector}: {failure}. They are dropped until it answers.");
        }

        _failing = failure is not null;
    }
}
