using Microsoft.AspNetCore.Builder;

namespace Sputnik.Server;

/// <summary>What a route asks of its caller. A route without this is never reached.</summary>
/// <param name="Scope">What the key must be for; null = the route is open to all.</param>
/// <param name="Counts">Whether a body sent to it counts among those a key may have open.</param>
internal sealed record RouteAccess(Scope? Scope, bool Counts = true);

/// <summary>How routes say what they ask.</summary>
internal static class RouteAccessExtensions
{
    /// <summary>A key of this scope.</summary>
    public static IEndpointConventionBuilder Needs(this IEndpointConventionBuilder route, Scope scope) => route.WithMetadata(new RouteAccess(scope));

    /// <summary>A key of this scope, also when it has as many requests open as it may: what makes one of them end sooner.</summary>
    public static IEndpointConventionBuilder NeedsAlways(this IEndpointConventionBuilder route, Scope scope) => route.WithMetadata(new RouteAccess(scope, Counts: false));

    /// <summary>No key: nothing of the model, a caller or an answer can be learned here.</summary>
    public static IEndpointConventionBuilder Open(this IEndpointConventionBuilder route) => route.WithMetadata(new RouteAccess(null));
}
