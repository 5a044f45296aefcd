using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>Who may ask, how much, and what it cost.</summary>
internal sealed class Accounts(ServerOptions options, ServerStore store, TimeProvider time, Action<AuditLine>? requests = null, Action<string>? log = null)
{
    // Owners mean nothing outside this process: nobody can know another's.
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly RateLimits _limits = new(store, time);

    // Keys of the command line are told apart, so that they do not share a cache.
    private readonly (byte[] Hash, ApiKey Key)[] _given =
        [.. options.ApiKeys.Select((secret, index) => (KeyTable.Hash(secret), new ApiKey($"option-{index + 1}", $"--api-key {index + 1}", Scope.All, new(), time.GetUtcNow(), null)))];

    public ServerStore Store => store;

    public StoreWrites Writes { get; } = new(log ?? (_ => { }), time);

    /// <summary>The caller of a request, when its key is good for it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scope">What its route asks; null where there is no route.</param>
    /// <exception cref="ApiException">It is not.</exception>
    public Caller Admit(HttpContext context, Scope? scope)
    {
        ApiKey key = NeedsKey ? Known(context.Request) : Local;
        Caller caller = new(key.Id, Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(key.Id))), (key.Scopes & Scope.Admin) != 0);
        caller.Enter(context);
        if (scope is Scope needed && (key.Scopes & needed) == 0)
        {
            throw new ApiException(new(403, "scope_missing", $"This key may not do that; it needs the scope {needed.ToString().ToLowerInvariant()}."));
        }

        _limits.Count(key, context.Response);
        return caller;
    }

    /// <summary>Adds a request to its key's day.</summary>
    public void Charge(Caller caller, string model, AnswerUsage usage, TimeSpan processor)
    {
        _limits.Used(caller.KeyId, usage);
        Writes.Add("ledger", () => store.Ledger.Add(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), caller.KeyId, model, usage, processor));
    }

    /// <summary>
    /// Runs a request and writes to the audit that it was. Strangers are only counted (<see cref="ServerMetrics.Rejected"/>): they could
    /// push every line out of it. The page asks /ui by itself every few seconds.
    /// </summary>
    public async Task Audit(HttpContext context, RequestDelegate next)
    {
        long start = time.GetTimestamp();
        await next(context).ConfigureAwait(false);
        if (context.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<RouteAccess>() is { Scope: not null })
        {
            var caller = Caller.Find(context);
            AuditLine line = new(
                time.GetUtcNow(), caller?.KeyId ?? "none", context.Request.Method, route.RoutePattern.RawText ?? "",
                context.Response.StatusCode, (long)time.GetElapsedTime(start).TotalMilliseconds);
            if (caller is not null && !context.Request.Path.StartsWithSegments("/ui", StringComparison.Ordinal))
            {
                Writes.Add("audit", () => store.Audit.Add(line));
            }

            requests?.Invoke(line);
        }
    }

    // Loopback alone does not say who asks: through a proxy in front, the whole Internet comes from there.
    private bool NeedsKey => _given.Length > 0 || store.Keys.Any() || !options.IsPrivate;

    private static ApiKey Local { get; } = new("local", "local", Scope.All, new(), DateTimeOffset.UnixEpoch, null);

    private ApiKey Known(HttpRequest request)
    {
        string secret = Presented(request) ?? throw new ApiException(new(401, "invalid_api_key", "A key is needed: Authorization: Bearer KEY."));
        return Given(secret) ?? store.Keys.Find(secret) ?? throw new ApiException(new(401, "invalid_api_key", "The key is not known here, or was revoked."));
    }

    private ApiKey? Given(string secret)
    {
        byte[] hash = KeyTable.Hash(secret);
        ApiKey? found = null;
        foreach ((byte[] known, ApiKey key) in _given)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? key : found;
        }

        return found;
    }

    // x-api-key is Anthropic's header.
    private static string? Presented(HttpRequest request)
    {
        string? bearer = request.Headers.Authorization;
        return bearer is not null && bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer["Bearer ".Length..].Trim() : (string?)request.Headers["x-api-key"];
    }
}
