using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sputnik.Server;

/// <summary>The web page: files that lie in this assembly. A path is looked up among their names, never on a disk.</summary>
internal static class PageFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".webmanifest"] = "application/manifest+json",
    };

    private static readonly Assembly Own = typeof(PageFiles).Assembly;

    /// <summary>Paths of all files, from the root of the site.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Own.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal)];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string path in Paths)
        {
            Map(routes, "/" + path, path);
        }

        if (Paths.Contains("index.html"))
        {
            Map(routes, "/", "index.html");
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string route, string path) =>
        routes.MapMethods(route, ["GET", "HEAD"], context => Send(context, path)).Open();

    private static async Task Send(HttpContext context, string path)
    {
        await using Stream file = Own.GetManifestResourceStream(Prefix + path) ?? throw new InvalidOperationException($"The page's file {path} is gone.");
        context.Response.ContentType = Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        context.Response.ContentLength = file.Length;

        // The names bear no version: a browser asks again each time, and a new program shows its own page.
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
