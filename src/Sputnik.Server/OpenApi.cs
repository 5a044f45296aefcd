using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>GET /openapi.json: every route in OpenAPI 3.1, kept by hand beside this file.</summary>
internal static class OpenApi
{
    /// <summary>The document as it lies in this assembly.</summary>
    public const string Resource = "openapi.json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi.json", Send).Needs(Scope.All);

    private static async Task Send(HttpContext context)
    {
        await using Stream document = typeof(OpenApi).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The OpenAPI document is not in the assembly.");
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
