using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Waits for what an engine makes: no longer than the limits, no longer than the client, with signs of life between.</summary>
internal sealed class RequestWatch : IDisposable
{
    private readonly AnswerDesk _desk;
    private readonly RequestSpan? _span;
    private readonly CancellationToken _client;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _cancel;
    private readonly long _start;
    private TimeSpan _queued;
    private long _first;
    private long _last;
    private int _count;

    public RequestWatch(AnswerDesk desk, HttpContext context, string operation)
    {
        (_desk, _client, _start) = (desk, context.RequestAborted, desk.Time.GetTimestamp());
        _span = desk.Traces.Start(context, operation, desk.Model.Id);
        _deadline = new(desk.Options.RequestTime, desk.Time);
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(_client, desk.Closing, _deadline.Token);
    }

    /// <summary>Cancelled with the client, at the end of the time, or of the server.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>Things that came so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>When its phases ended; null before the first thing came.</summary>
    public RequestPhases? Phases => Count == 0 ? null : new(_queued, _desk.Time.GetElapsedTime(_start, _first), _desk.Time.GetElapsedTime(_start, _last));

    /// <summary>Everything that comes; while nothing does, <paramref name="idle"/> is called.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="queued">How long the engine let it wait; null while it waits.</param>
    /// <param name="idle">Sends a sign of life.</param>
    /// <exception cref="ApiException">Time is up, or the server is ending.</exception>
    public async IAsyncEnumerable<T> Watch<T>(IAsyncEnumerable<T> source, Func<TimeSpan?> queued, Func<Task>? idle)
    {
        await using IAsyncEnumerator<T> items = source.GetAsyncEnumerator(_cancel.Token);
        while (await Next(items, queued, idle).ConfigureAwait(false))
        {
            Measure(queued);
            yield return items.Current;
        }
    }

    /// <summary>Ends it: what it took and came to goes to the metrics and the trace.</summary>
    public void End(AnswerUsage usage, string responseId, IReadOnlyList<string> finishReasons)
    {
        string? failure = finishReasons.Count > 0 ? null : Failure();
        _span?.End(new(usage, responseId, finishReasons, failure), Phases);
        _desk.Metrics.Whole.Add(_desk.Time.GetElapsedTime(_start).TotalSeconds);
        if (Count > 0)
        {
            _desk.Metrics.Decode.Add(_desk.Time.GetElapsedTime(_first, _last).TotalSeconds);
        }

        Dispose();
    }

    /// <summary>Lets go of it; alone, where the engine took nothing, it leaves no time behind.</summary>
    public void Dispose()
    {
        _span?.Dispose();
        _cancel.Dispose();
        _deadline.Dispose();
    }

    private void Measure(Func<TimeSpan?> queued)
    {
        long now = _desk.Time.GetTimestamp();
        if (Interlocked.Increment(ref _count) == 1)
        {
            (_first, _queued) = (now, queued() ?? TimeSpan.Zero);
            TimeSpan wait = _desk.Time.GetElapsedTime(_start, now);
            _desk.Metrics.FirstToken.Add(wait.TotalSeconds);
            _desk.Metrics.Queue.Add(_queued.TotalSeconds);
            _desk.Metrics.Prefill.Add(Math.Max(0, (wait - _queued).TotalSeconds));
        }
        else
        {
            _desk.Metrics.BetweenTokens.Add(_desk.Time.GetElapsedTime(_last, now).TotalSeconds);
        }

        _last = now;
    }

    // The values of error.type; a client that leaves is no fault, and still no answer.
    private string Failure() => _client.IsCancellationRequested ? "client_left"
        : _desk.Closing.IsCancellationRequested ? "shutting_down"
        : _deadline.IsCancellationRequested ? "request_timeout"
        : "no_answer";

    private async Task<bool> Next<T>(IAsyncEnumerator<T> items, Func<TimeSpan?> queued, Func<Task>? idle)
    {
        Task<bool> next = items.MoveNextAsync().AsTask();
        try
        {
            while (!await Arrives(next, queued).ConfigureAwait(false))
            {
                await (idle?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
            }

            return await next.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_client.IsCancellationRequested)
        {
            throw new ApiException(Reason());
        }
        catch (Exception asked) when (ApiError.OfAsking(asked) is ApiError error)
        {
            // What shows itself only on the way: a later prompt that is too long, a grammar that grows too ambiguous.
            throw new ApiException(error);
        }
        finally
        {
            await Settle(next).ConfigureAwait(false);
        }
    }

    /// <summary>Whether something, or the end, comes before the next sign of life is due.</summary>
    private async Task<bool> Arrives(Task next, Func<TimeSpan?> queued)
    {
        TimeSpan patience = queued() is null && _desk.Options.QueueTime < _desk.Options.KeepAlive ? _desk.Options.QueueTime : _desk.Options.KeepAlive;
        await next.WaitAsync(patience, _desk.Time, _cancel.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (next.IsCompleted)
        {
            return true;
        }

        _cancel.Token.ThrowIfCancellationRequested();
        return queued() is not null || _desk.Time.GetElapsedTime(_start) < _desk.Options.QueueTime
            ? false
            : throw new ApiException(new(503, "queue_timeout", $"The request was not begun within {_desk.Options.QueueTime.TotalSeconds:0} s; the server is busy.") { RetryAfter = _desk.Options.QueueTime });
    }

    /// <summary>An enumerator must not be disposed of while it moves.</summary>
    private async Task Settle(Task next)
    {
        if (!next.IsCompleted)
        {
            await _cancel.CancelAsync().ConfigureAwait(false);
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ApiError Reason() => _deadline.IsCancellationRequested
        ? new(503, "request_timeout", $"The answer took longer than {_desk.Options.RequestTime.TotalMinutes:0.##} minutes and was cut off.")
        : new(503, "shutting_down", "The server is ending; ask again in a moment.") { RetryAfter = TimeSpan.FromSeconds(10) };
}
