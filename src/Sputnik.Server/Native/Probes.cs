using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>/livez, /readyz and llama.cpp's /health: whether the process lives, and whether it takes requests.</summary>
internal sealed class Probes(Drain drain)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", context => Say(context, ready: true)).Open();
        routes.MapGet("/readyz", context => Say(context, !drain.HasBegun)).Open();
        routes.MapGet("/health", context => Say(context, !drain.HasBegun)).Open();
    }

    private static async Task Say(HttpContext context, bool ready)
    {
        using Json json = new Json().Object().Set("status", ready ? "ok" : "ending").End();
        await Exchange.Reply(context, json, ready ? 200 : 503).ConfigureAwait(false);
    }
}
