using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Lets a request through to its route, or says why not. What no rule lets through is refused.</summary>
internal sealed class Gate(Accounts accounts)
{
    public Task Enter(HttpContext context, RequestDelegate next)
    {
        Endpoint? route = context.GetEndpoint();
        RouteAccess? access = route?.Metadata.GetMetadata<RouteAccess>();
        if (access is { Scope: null })
        {
            return next(context);
        }

        accounts.Admit(context, access?.Scope);

        // 404 and 405 are told to good keys only; they are routing's own endpoints and bear no rule.
        return access is not null || route is null || route is not Microsoft.AspNetCore.Routing.RouteEndpoint
            ? next(context)
            : throw new InvalidOperationException($"{route.DisplayName} says nothing of who may use it.");
    }
}
