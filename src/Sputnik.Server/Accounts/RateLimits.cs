using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Keeps keys within their limits: a request over one is refused before it is read. Tokens count when they have been used.</summary>
internal sealed class RateLimits(ServerStore store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RateWindow> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts a request of a key, and tells the client what is left.</summary>
    /// <exception cref="ApiException">A limit is reached.</exception>
    public void Count(ApiKey key, HttpResponse response)
    {
        if (key.Limits == new KeyLimits())
        {
            return;
        }

        lock (_lock)
        {
            RateWindow window = Window(key.Id);
            TimeSpan reset = window.Slide();
            Tell(response, "requests", key.Limits.RequestsPerMinute, window.Requests + 1, reset);
            Tell(response, "tokens", key.Limits.TokensPerMinute, window.Tokens, reset);
            Within("requests a minute", key.Limits.RequestsPerMinute, window.Requests, reset, "rate_limit_exceeded");
            Within("tokens a minute", key.Limits.TokensPerMinute, window.Tokens, reset, "rate_limit_exceeded");
            Day(key, window);
            window.Add(1, 0);
        }
    }

    /// <summary>Counts the tokens of a request that has ended.</summary>
    public void Used(string key, AnswerUsage usage)
    {
        lock (_lock)
        {
            if (_windows.TryGetValue(key, out RateWindow? window))
            {
                window.Slide();
                window.Add(0, usage.Prompt + usage.Completion);
            }
        }
    }

    private RateWindow Window(string key)
    {
        if (!_windows.TryGetValue(key, out RateWindow? window))
        {
            _windows[key] = window = new(time);
        }

        return window;
    }

    // Those that run are not in the ledger yet, those from before this process are nowhere else.
    private void Day(ApiKey key, RateWindow window)
    {
        if (key.Limits is { RequestsPerDay: null, TokensPerDay: null })
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        IReadOnlyList<LedgerDay> today = store.Ledger.Since(day, key.Id);
        long requests = Math.Max(window.RequestsOf(day), today.Sum(line => line.Tokens.Requests));
        TimeSpan midnight = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        Within("requests a day", key.Limits.RequestsPerDay, requests, midnight, "insufficient_quota");
        Within("tokens a day", key.Limits.TokensPerDay, today.Sum(line => line.Tokens.Prompt + line.Tokens.Completion), midnight, "insufficient_quota");
        window.Admit(day, requests + 1);
    }

    private static void Within(string what, int? limit, long used, TimeSpan reset, string code)
    {
        if (limit is int most && used >= most)
        {
            throw new ApiException(new(429, code, $"This key may have {most} {what}; they are used up.") { RetryAfter = reset });
        }
    }

    private static void Tell(HttpResponse response, string what, int? limit, long used, TimeSpan reset)
    {
        if (limit is int most)
        {
            response.Headers[$"x-ratelimit-limit-{what}"] = most.ToString(CultureInfo.InvariantCulture);
            response.Headers[$"x-ratelimit-remaining-{what}"] = Math.Max(0, most - used).ToString(CultureInfo.InvariantCulture);
            response.Headers[$"x-ratelimit-reset-{what}"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(reset.TotalSeconds)}s");
        }
    }
}
