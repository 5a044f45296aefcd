using Microsoft.AspNetCore.Http;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>A request's plain token ids while they are continued, one prompt or several: counted once, and cancelled with the client.</summary>
internal sealed class TokenRun : IAsyncDisposable
{
    private readonly AnswerDesk _desk;
    private readonly RequestWatch _watch;
    private readonly PromptBatch _batch;
    private readonly IReadOnlyList<TokenRequest> _prompts;
    private readonly ProcessorShare _share;
    private readonly Caller _caller;
    private readonly string _id;
    private readonly List<string> _reasons = [];

    internal TokenRun(AnswerDesk desk, IReadOnlyList<TokenRequest> prompts, Caller caller, HttpContext context)
    {
        (_desk, _prompts, _caller, _id) = (desk, prompts, caller, context.TraceIdentifier);
        _watch = new(desk, context, prompts[0].Embedding ? "embeddings" : "text_completion");
        try
        {
            _batch = ApiException.Asking(() => new PromptBatch(desk.Model.Responder.Engine, prompts, _watch.Token));
        }
        catch
        {
            _watch.Dispose();
            throw;
        }

        _share = desk.Processor.Enter();
    }

    /// <summary>What was computed so far.</summary>
    public AnswerUsage Usage => _batch.Usage;

    /// <summary>When its phases ended; null before the first token came.</summary>
    public RequestPhases? Phases => _watch.Phases;

    /// <summary>Log-probs of a prompt from its second token on; whole with its first event.</summary>
    /// <exception cref="NotSupportedException">The engine gives none.</exception>
    public IReadOnlyList<TokenLogProb> PromptLogProbs(int prompt) => _batch.Of(prompt).PromptLogProbs is { } known && known.Count == _prompts[prompt].Prompt.Count - 1
        ? known
        : throw new NotSupportedException("Log-probs of the prompt's tokens (echo with logprobs) are not computed by this engine.");

    /// <summary>Every token with its prompt's place; while none comes, <paramref name="idle"/> is called.</summary>
    public async IAsyncEnumerable<(int Prompt, TokenEvent Token)> Tokens(Func<Task>? idle = null)
    {
        await foreach ((int prompt, TokenEvent token) in _watch.Watch(_batch.ReadAllAsync(), () => _batch.Queued, idle).ConfigureAwait(false))
        {
            if (token.Finish is FinishReason finish)
            {
                Finished(finish);
            }

            yield return (prompt, token);
        }
    }

    /// <summary>The prompts' embeddings, where the request is for them.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<float>>> Embeddings()
    {
        await foreach ((_, TokenEvent token) in Tokens().ConfigureAwait(false))
        {
            throw new InvalidOperationException($"Token {token.Token.Id} was drawn where an embedding was asked for.");
        }

        Finished(FinishReason.Stop);
        return [.. Enumerable.Range(0, _prompts.Count).Select(prompt => _batch.Of(prompt).Embedding)];
    }

    public async ValueTask DisposeAsync()
    {
        await _batch.DisposeAsync().ConfigureAwait(false);
        _watch.End(Usage, _id, _reasons);
        _desk.Charge(_caller, Usage, _desk.Processor.Leave(_share));
    }

    private void Finished(FinishReason finish)
    {
        _reasons.Add(finish.ToString().ToLowerInvariant());
        _desk.Metrics.Finished(finish.ToString().ToLowerInvariant());
    }
}
