using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Lets a request through to its route, or says why not. What no rule lets through is refused.</summary>
internal sealed class Gate(Accounts accounts)
{
    public Task Enter(HttpContext context, RequestDelegate next)
    {
        RouteAccess? access = context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>();
        if (access is { Scope: null })
        {
            return next(context);
        }

        Caller caller = accounts.Admit(context, access?.Scope);
        caller.Enter(context);
        return next(context);
    }
}
