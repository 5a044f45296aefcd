using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>
/// /livez: whether the process can ever answer again; whoever runs it should start it anew where not. /readyz, and llama.cpp's
/// /health: whether it takes requests now.
/// </summary>
internal sealed class Probes(IReadOnlyList<SelfTest> tests, Drain drain)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/livez", context => Say(context, Failed ? "failed" : null)).Open();
        routes.MapGet("/readyz", context => Say(context, Trouble())).Open();
        routes.MapGet("/health", context => Say(context, Trouble())).Open();
    }

    /// <summary>Why it takes no requests; null where it does.</summary>
    internal string? Trouble() => Failed ? "failed" : drain.HasBegun ? "ending" : tests.All(test => test.Passed) ? null : "starting";

    // A model that died answers nobody again, whatever the others do.
    private bool Failed => tests.Any(test => test.Failed);

    private static async Task Say(HttpContext context, string? trouble)
    {
        using Json json = new Json().Object().Set("status", trouble ?? "ok").End();
        await Exchange.Reply(context, json, trouble is null ? 200 : 503).ConfigureAwait(false);
    }
}
