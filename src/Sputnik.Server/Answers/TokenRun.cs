using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>Plain token ids while they are continued: counted, and cancelled with the client.</summary>
internal sealed class TokenRun : IAsyncDisposable
{
    private readonly AnswerDesk _desk;
    private readonly RequestWatch _watch;
    private readonly TokenStream _stream;
    private readonly ProcessorShare _share;
    private readonly Caller _caller;
    private readonly string _id;
    private readonly List<string> _reasons = [];

    internal TokenRun(AnswerDesk desk, TokenRequest request, Caller caller, HttpContext context)
    {
        (_desk, _caller, _id) = (desk, caller, context.TraceIdentifier);
        _watch = new(desk, context, request.Embedding ? "embeddings" : "text_completion");
        try
        {
            _stream = ApiException.Asking(() => desk.Model.Responder.Engine.Submit(request, _watch.Token));
        }
        catch
        {
            _watch.Dispose();
            throw;
        }

        _share = desk.Processor.Enter();
    }

    public AnswerUsage Usage => new(_stream.Request.Prompt.Count, _stream.CachedTokens, _watch.Count, 0);

    /// <summary>When its phases ended; null before the first token came.</summary>
    public RequestPhases? Phases => _watch.Phases;

    /// <summary>Log-probs of the prompt from its second token on; whole with the first event.</summary>
    /// <exception cref="NotSupportedException">The engine gives none.</exception>
    public IReadOnlyList<TokenLogProb> PromptLogProbs => _stream.PromptLogProbs.Count == _stream.Request.Prompt.Count - 1
        ? _stream.PromptLogProbs
        : throw new NotSupportedException("Log-probs of the prompt's tokens (echo with logprobs) are not computed by this engine.");

    /// <summary>Every token; while none comes, <paramref name="idle"/> is called.</summary>
    public async IAsyncEnumerable<TokenEvent> Tokens(Func<Task>? idle = null)
    {
        await foreach (TokenEvent token in _watch.Watch(_stream.ReadAllAsync(_watch.Token), () => _stream.Queued, idle).ConfigureAwait(false))
        {
            if (token.Finish is FinishReason finish)
            {
                Finished(finish);
            }

            yield return token;
        }
    }

    /// <summary>The prompt's embedding, where the request is for one.</summary>
    public async Task<IReadOnlyList<float>> Embedding()
    {
        await foreach (TokenEvent token in Tokens().ConfigureAwait(false))
        {
            throw new InvalidOperationException($"Token {token.Token.Id} was drawn where an embedding was asked for.");
        }

        Finished(FinishReason.Stop);
        return _stream.Embedding;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _watch.End(Usage, _id, _reasons);
        _desk.Charge(_caller, Usage, _desk.Processor.Leave(_share));
    }

    private void Finished(FinishReason finish)
    {
        _reasons.Add(finish.ToString().ToLowerInvariant());
        _desk.Metrics.Finished(finish.ToString().ToLowerInvariant());
    }
}
