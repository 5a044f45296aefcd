using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>Lets a request through to its route, or says why not. What no rule lets through is refused.</summary>
internal sealed class Gate(Accounts accounts, InFlight open)
{
    public Task Enter(HttpContext context, RequestDelegate next)
    {
        Endpoint? route = context.GetEndpoint();
        RouteAccess? access = route?.Metadata.GetMetadata<RouteAccess>();
        if (access is { Scope: null })
        {
            return next(context);
        }

        Caller caller = accounts.Admit(context, access?.Scope);
        if (access is { Counts: true } && HttpMethods.IsPost(context.Request.Method))
        {
            return Counted(context, caller.KeyId, next);
        }

        // 404 and 405 are told to good keys only; they are routing's own endpoints and bear no rule.
        return access is not null || route is null || route is not RouteEndpoint
            ? next(context)
            : throw new InvalidOperationException($"{route.DisplayName} says nothing of who may use it.");
    }

    private async Task Counted(HttpContext context, string key, RequestDelegate next)
    {
        open.Enter(key);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            open.Leave(key);
        }
    }
}
