using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>One conversation's answer while it is made: counted, found by its id, cancelled with its client.</summary>
internal sealed class AnswerRun : IAsyncDisposable
{
    private readonly AnswerDesk _desk;
    private readonly RequestWatch _watch;
    private readonly AnswerStream _stream;
    private readonly ProcessorShare _share;
    private readonly List<string> _reasons = [];

    internal AnswerRun(AnswerDesk desk, string id, AnswerRequest request, Caller caller, HttpContext context)
    {
        (_desk, Id, Caller, Request) = (desk, id, caller, request);
        _watch = new(desk, context, "chat");
        try
        {
            _stream = ApiException.Asking(() => desk.Model.Responder.Ask(request, _watch.Token));
        }
        catch
        {
            _watch.Dispose();
            throw;
        }

        Usage = new(_stream.PromptTokens, 0, 0, 0);
        _share = desk.Processor.Enter();
        desk.Running.Add(this);
    }

    /// <summary>The id its client knows.</summary>
    public string Id { get; }

    public Caller Caller { get; }

    public AnswerRequest Request { get; }

    /// <summary>What its client is told it cost: choices count when they have ended.</summary>
    public AnswerUsage Usage { get; private set; }

    /// <summary>When its phases ended; null before the first piece came.</summary>
    public RequestPhases? Phases => _watch.Phases;

    /// <summary>Ends the thinking at the next token; one that answers already goes on.</summary>
    public void StopThinking() => _stream.StopThinking();

    /// <summary>Every piece; while none comes, <paramref name="idle"/> is called.</summary>
    /// <exception cref="ApiException">Time is up, or the server is ending.</exception>
    public async IAsyncEnumerable<AnswerPiece> Pieces(Func<Task>? idle = null)
    {
        await foreach (AnswerPiece piece in _watch.Watch(_stream.ReadAllAsync(_watch.Token), () => _stream.Queued, idle).ConfigureAwait(false))
        {
            Usage = Usage with { Cached = _stream.CachedTokens };
            if (piece.End is AnswerEnd end)
            {
                Usage = Usage with { Completion = Usage.Completion + end.CompletionTokens, Reasoning = Usage.Reasoning + end.ThinkingTokens };
                _reasons.Add(end.Reason.ToString().ToLowerInvariant());
                _desk.Metrics.Ended(end);
            }

            yield return piece;
        }
    }

    /// <summary>The whole answer, a choice each.</summary>
    public async Task<Choice[]> Collect()
    {
        Choice[] choices = [.. Enumerable.Range(0, Request.Choices).Select(_ => new Choice())];
        await foreach (AnswerPiece piece in Pieces().ConfigureAwait(false))
        {
            choices[piece.Choice].Add(piece);
        }

        return choices;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _desk.Running.Remove(this);

        // What was computed is charged, whoever left before it was told; a prompt that was never begun cost nothing.
        AnswerUsage usage = new(_stream.Queued is null ? 0 : _stream.PromptTokens, _stream.CachedTokens, _stream.DrawnTokens, _stream.ThinkingTokens);
        _watch.End(usage, Id, _reasons);
        _desk.Charge(Caller, usage, _desk.Processor.Leave(_share));
    }
}
