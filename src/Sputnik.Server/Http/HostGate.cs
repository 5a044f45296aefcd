using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>
/// Refuses requests that a foreign web page had a browser send: under a name that is not this server's (DNS rebinding), or
/// from another origin. There is no CORS; a page of one's own is served from here.
/// </summary>
internal sealed class HostGate(ServerOptions options)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    // Any of 127.0.0.0/8 is loopback too, and a name by which only this machine calls.
    private readonly string _bound = IPAddress.TryParse(options.Host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : options.Host;

    public Task Guard(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        if (!Knows(request.Host.Host))
        {
            throw new ApiException(new(403, "host_not_allowed", "This server is not called by that name; start it with --allowed-host NAME to let it be."));
        }

        string? origin = request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin) && !IsOwn(origin, request.Host))
        {
            throw new ApiException(new(403, "origin_not_allowed", "Pages of other origins may not use this server."));
        }

        return next(context);
    }

    private bool Knows(string host) =>
        options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || (options.IsLoopback ? IsOfThisMachine(host) : options.AllowedHosts.Count == 0);

    private bool IsOfThisMachine(string host) => Loopback.Append(_bound).Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
