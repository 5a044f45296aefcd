using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>
/// A reply sent piece by piece: server-sent events, or a JSON document a line (Ollama). A reader that does not take what was
/// sent within <see cref="ServerOptions.WriteTime"/> is cut off.
/// </summary>
internal sealed class EventStream
{
    private static readonly byte[] Data = "data: "u8.ToArray();
    private static readonly byte[] Event = "event: "u8.ToArray();
    private static readonly byte[] Line = "\n"u8.ToArray();
    private static readonly byte[] Frame = "\n\n"u8.ToArray();
    private static readonly byte[] Comment = ": keep-alive\n\n"u8.ToArray();
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    private readonly HttpContext _context;
    private readonly TimeSpan _writeTime;
    private readonly bool _lines;

    /// <param name="context">The request that is answered.</param>
    /// <param name="options">The time a reader has.</param>
    /// <param name="lines">A document a line instead of events.</param>
    public EventStream(HttpContext context, ServerOptions options, bool lines = false)
    {
        (_context, _writeTime, _lines) = (context, options.WriteTime, lines);
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.ContentType = lines ? "application/x-ndjson" : "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Sends one document.</summary>
    public Task Send(Json json) => Send(json.ToArray());

    /// <summary>Sends one document.</summary>
    public Task Send(byte[] json) => _lines ? Write(json, Line) : Write(Data, json, Frame);

    /// <summary>Sends one document as a named event (Anthropic, Responses).</summary>
    public Task Send(string name, Json json) => Send(name, json.ToArray());

    /// <summary>Sends one document as a named event.</summary>
    public Task Send(string name, byte[] json) => Write(Event, Encoding.UTF8.GetBytes(name), Line, Data, json, Frame);

    /// <summary>Says that the server is still there; clients skip it. Lines have no comments.</summary>
    public Task Ping() => _lines ? Task.CompletedTask : Write(Comment);

    /// <summary>OpenAI's end mark.</summary>
    public Task End() => Write(Done);

    private async Task Write(params byte[][] parts)
    {
        foreach (byte[] part in parts)
        {
            _context.Response.BodyWriter.Write(part);
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_context.RequestAborted);
        patience.CancelAfter(_writeTime);
        try
        {
            await _context.Response.BodyWriter.FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_context.RequestAborted.IsCancellationRequested)
        {
            _context.Abort();

            // That the client is gone is known a moment later; whoever asks why this ended must find it so.
            await Task.Delay(_writeTime, _context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
