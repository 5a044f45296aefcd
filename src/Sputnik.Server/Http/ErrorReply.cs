using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Writes an error in the shape of the dialect that was spoken.</summary>
internal static class ErrorReply
{
    public static async Task Write(HttpContext context, ApiError error)
    {
        Dialect dialect = Dialects.Of(context.Request.Path);
        HttpResponse response = context.Response;
        response.StatusCode = dialect == Dialect.Anthropic && error.Status == 503 ? 529 : error.Status;
        response.ContentType = "application/json";
        if (error.RetryAfter is TimeSpan wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (error.Status == 401)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        byte[] body = Body(dialect, error, context.TraceIdentifier);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>The JSON of an error, also as an event in the middle of a stream.</summary>
    public static byte[] Body(Dialect dialect, ApiError error, string requestId)
    {
        using Json json = new();
        json.Object();
        switch (dialect)
        {
            case Dialect.Ollama:
                json.Set("error", error.Message);
                break;
            case Dialect.Anthropic:
                json.Set("type", "error").Object("error").Set("type", error.AnthropicType).Set("message", error.Message).End().Set("request_id", requestId);
                break;
            default:
                json.Object("error").Set("message", error.Message).Set("type", error.Type).Set("param", error.Param).Set("code", error.Code);
                if (error.Overflow is { } overflow)
                {
                    json.Set("n_prompt_tokens", overflow.Prompt).Set("n_ctx", overflow.Context);
                }

                json.End();
                break;
        }

        return json.End().ToArray();
    }
}
