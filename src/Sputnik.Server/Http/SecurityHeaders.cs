using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>What a browser must not do with anything from here: run foreign code, guess types, be framed, tell where it was.</summary>
internal static class SecurityHeaders
{
    /// <summary>Everything from this origin; styles inline because KaTeX sets them so.</summary>
    public const string ContentPolicy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
        + "font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Request-Id"] = context.TraceIdentifier;
        return next(context);
    }
}
