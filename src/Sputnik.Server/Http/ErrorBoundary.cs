using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>Turns what is thrown, and what has no route, into errors of the dialect that was spoken.</summary>
internal sealed class ErrorBoundary(Desks desks, Action<string> log)
{
    public async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            await Unanswered(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            desks.Metrics.ClientsLeft.Add(1);
        }
        catch (Exception exception)
        {
            await Say(context, ApiError.Of(exception) ?? Ours(context, exception)).ConfigureAwait(false);
        }
    }

    private Task Say(HttpContext context, ApiError error)
    {
        desks.Metrics.Rejected.Add(1, error.Code);
        if (!context.Response.HasStarted)
        {
            return ErrorReply.Write(context, error);
        }

        // The status is sent already; clients raise on a document with an error in it.
        return Interrupt(context, error);
    }

    private async Task Interrupt(HttpContext context, ApiError error)
    {
        Dialect dialect = Dialects.Of(context.Request.Path);
        byte[] body = ErrorReply.Body(dialect, error, context.TraceIdentifier);
        var stream = new EventStream(context, desks.Options, lines: dialect == Dialect.Ollama);
        await (dialect == Dialect.Anthropic ? stream.Send("error", body) : stream.Send(body)).ConfigureAwait(false);
    }

    private static Task Unanswered(HttpContext context)
    {
        if (context.Response.HasStarted || context.Response.StatusCode is not (404 or 405) || context.Response.ContentLength is not null)
        {
            return Task.CompletedTask;
        }

        return ErrorReply.Write(context, context.Response.StatusCode == 404
            ? new(404, "route_not_found", "There is no such route here; /openapi.json names all there are.")
            : new(405, "method_not_allowed", $"This route takes {context.Response.Headers.Allow}."));
    }

    // A message may quote a prompt: the log gets the kind and the place only.
    private ApiError Ours(HttpContext context, Exception exception)
    {
        log($"{context.TraceIdentifier}: {exception.GetType().FullName} at {exception.StackTrace}");
        return ApiError.Ours;
    }
}
