using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>JSON in, JSON out.</summary>
internal static class Exchange
{
    /// <summary>The body by its type.</summary>
    /// <exception cref="ApiException">It is none, or not declared as JSON.</exception>
    public static async Task<T> Read<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        // Ollama's own examples send no type at all (curl -d); pages of other origins are refused before this.
        if (Dialects.Of(context.Request.Path) != Dialect.Ollama && !context.Request.HasJsonContentType())
        {
            throw new ApiException(new(415, "unsupported_media_type", $"Content-Type must be application/json, got '{context.Request.ContentType}'."));
        }

        ReadOnlyMemory<byte> body = await JsonBody.Read(context).ConfigureAwait(false);
        return ApiException.Asking(() => JsonSerializer.Deserialize(WithoutMark(body.Span), type))
            ?? throw ApiException.Invalid("body", "The body must be a JSON object, got null.");
    }

    // Some editors and .NET's own writers begin a file with a byte order mark.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body;

    /// <summary>Sends a document.</summary>
    public static async Task Reply(HttpContext context, Json json, int status = 200)
    {
        byte[] body = json.ToArray();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
