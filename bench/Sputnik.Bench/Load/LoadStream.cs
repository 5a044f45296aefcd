using System.Diagnostics;
using System.Net;

namespace Sputnik.Bench;

/// <summary>A client that asks, reads to the end or leaves, and asks again.</summary>
internal sealed class LoadStream(LoadPlan plan, LoadServer server, LoadTally tally, LeavingClients leaving, int index)
{
    // The server gives a sign of life every 15 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly int _key = plan.KeyOf(index);

    /// <summary>Asks until no more requests are to be begun.</summary>
    public async Task Run(CancellationToken closing)
    {
        for (int number = 0; !closing.IsCancellationRequested; number++)
        {
            try
            {
                await Ask(LoadRequest.Draw(plan, server.Vocabulary, index, number));
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
            {
                tally.Failed($"stream {index}, request {number}: {failure.Message}");
            }
        }
    }

    private async Task Ask(LoadRequest request)
    {
        using CancellationTokenSource patience = new(Patience);
        long start = Stopwatch.GetTimestamp();
        Task<HttpResponseMessage> asking = server.Ask(request, _key, patience.Token);
        if (request.LeaveAfter == 0)
        {
            await Task.WhenAny(asking, Task.Delay(request.LeaveDelay));
            if (!asking.IsCompleted && await leaving.TryLeave(patience.Cancel))
            {
                await asking.ContinueWith(late => late.IsCompletedSuccessfully ? Close(late.Result) : default, TaskScheduler.Default);
                return;
            }
        }

        using HttpResponseMessage response = await asking;
        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            tally.Refused();
            TimeSpan advice = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            await Task.Delay(advice < TimeSpan.FromSeconds(1) ? advice : TimeSpan.FromSeconds(1));
            return;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(patience.Token)}");
        }

        await Read(response, request, start, patience);
    }

    private async Task Read(HttpResponseMessage response, LoadRequest request, long start, CancellationTokenSource patience)
    {
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(patience.Token));
        long last = start;
        int tokens = 0;
        while (await lines.ReadLineAsync(patience.Token) is string line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                continue;
            }

            if (line == "data: [DONE]")
            {
                tally.Done();
                return;
            }

            if (line.StartsWith("data: {\"error\"", StringComparison.Ordinal))
            {
                throw new InvalidDataException(line);
            }

            long now = Stopwatch.GetTimestamp();
            tally.Token(_key, first: tokens++ == 0, Stopwatch.GetElapsedTime(last, now).TotalSeconds);
            last = now;
            patience.CancelAfter(Patience);
            if (tokens >= request.LeaveAfter && await leaving.TryLeave(response.Dispose))
            {
                return;
            }
        }

        throw new InvalidDataException("The stream ended without [DONE].");
    }

    private static bool Close(HttpResponseMessage response)
    {
        response.Dispose();
        return true;
    }
}
