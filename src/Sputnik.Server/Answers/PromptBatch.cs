using System.Threading.Channels;
using Sputnik.Generation;

namespace Sputnik.Server;

/// <summary>
/// The prompts of one request, as many at once as the engine computes, and what comes of all of them as one stream. In lanes:
/// each puts a prompt to the engine, reads it to its end and takes the next. For one reader.
/// </summary>
internal sealed class PromptBatch : IAsyncDisposable
{
    private readonly Engine _engine;
    private readonly IReadOnlyList<TokenRequest> _requests;
    private readonly TokenStream?[] _streams;
    private readonly CancellationTokenSource _end;
    private readonly Channel<(int Prompt, TokenEvent Token)> _tokens = Channel.CreateUnbounded<(int Prompt, TokenEvent Token)>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly Task[] _reading;
    private int _next;
    private int _lanes;

    /// <summary>Begins; a first prompt that the engine does not take is refused here.</summary>
    public PromptBatch(Engine engine, IReadOnlyList<TokenRequest> requests, CancellationToken cancellation)
    {
        (_engine, _requests, _streams) = (engine, requests, new TokenStream?[requests.Count]);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            Submit();
        }
        catch
        {
            _end.Dispose();
            throw;
        }

        _lanes = Math.Min(engine.MaxSequences, requests.Count);
        _reading = [.. Enumerable.Range(0, _lanes).Select(lane => Read(lane == 0 ? 0 : null))];
    }

    /// <summary>How long the engine let the request wait; null while it waits.</summary>
    public TimeSpan? Queued => Of(0).Queued;

    /// <summary>What was computed; a prompt that was never begun cost nothing.</summary>
    public AnswerUsage Usage => new(
        Streams.Where(stream => stream.Queued is not null).Sum(stream => stream.Request.Prompt.Count),
        Streams.Sum(stream => stream.CachedTokens),
        Streams.Sum(stream => stream.DrawnTokens),
        0);

    private IEnumerable<TokenStream> Streams => _streams.Select((_, prompt) => Volatile.Read(ref _streams[prompt])).OfType<TokenStream>();

    /// <summary>What the engine said of a prompt.</summary>
    public TokenStream Of(int prompt) => Volatile.Read(ref _streams[prompt]) ?? throw new InvalidOperationException($"Prompt {prompt} was not put to the engine yet.");

    /// <summary>Every token with its prompt's place; those of one prompt in order.</summary>
    public IAsyncEnumerable<(int Prompt, TokenEvent Token)> ReadAllAsync() => _tokens.Reader.ReadAllAsync(_end.Token);

    /// <summary>Cancels what is not drawn yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_reading).ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task Read(int? prompt)
    {
        try
        {
            for (prompt ??= Next(); prompt is int place; prompt = Next())
            {
                await foreach (TokenEvent token in Of(place).ReadAllAsync(_end.Token).ConfigureAwait(false))
                {
                    _tokens.Writer.TryWrite((place, token));
                }
            }
        }
        catch (Exception failure)
        {
            // Whoever reads the tokens learns of it.
            _tokens.Writer.TryComplete(failure);
        }
    }

    /// <summary>Puts the next prompt to the engine; null where the lane ends, the last one with the stream.</summary>
    private int? Next()
    {
        lock (_lock)
        {
            if (_next < _requests.Count && TrySubmit())
            {
                return _next - 1;
            }

            if (--_lanes == 0)
            {
                _tokens.Writer.TryComplete();
            }

            return null;
        }
    }

    // Where the queue has no place for another, the lanes that have one go on with what is left.
    private bool TrySubmit()
    {
        try
        {
            Submit();
            return true;
        }
        catch (EngineBusyException) when (_lanes > 1)
        {
            return false;
        }
    }

    private void Submit()
    {
        Volatile.Write(ref _streams[_next], _engine.Submit(_requests[_next], _end.Token));
        _next++;
    }
}
