using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Sputnik.Server;

/// <summary>
/// A span for each request the engine gets, in the words of OpenTelemetry's semantic conventions for generative AI; never a
/// word of what was asked or answered. Any listener in the process finds them under <see cref="Name"/>.
/// </summary>
internal sealed class Traces : IAsyncDisposable
{
    /// <summary>The activity source's name.</summary>
    public const string Name = "Sputnik.Server";

    private readonly ActivitySource _source = new(Name, Software.Version);
    private readonly TraceExport? _export;

    /// <param name="collector">Where spans are sent to; null = nowhere.</param>
    /// <param name="log">Told when they cannot be.</param>
    /// <param name="time">The clock.</param>
    public Traces(Uri? collector, Action<string> log, TimeProvider time) =>
        _export = collector is null ? null : new(_source, collector, log, time);

    /// <summary>Begins a request's span, as a child of what its client says in traceparent; null where nobody listens.</summary>
    public RequestSpan? Start(HttpContext context, string operation, string model)
    {
        _ = ActivityContext.TryParse(context.Request.Headers.TraceParent, context.Request.Headers.TraceState, isRemote: true, out ActivityContext parent);
        KeyValuePair<string, object?>[] tags =
        [
            new("gen_ai.operation.name", operation),
            new("gen_ai.provider.name", "sputnik"),
            new("gen_ai.request.model", model),
            new("gen_ai.response.model", model),
            new("http.route", (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText),
        ];
        return _source.StartActivity($"{operation} {model}", ActivityKind.Server, parent, tags) is Activity activity ? new(_source, activity) : null;
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_export is not null)
        {
            await _export.DisposeAsync().ConfigureAwait(false);
        }

        _source.Dispose();
    }
}
