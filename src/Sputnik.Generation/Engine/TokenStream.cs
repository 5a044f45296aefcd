using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sputnik.Generation;

/// <summary>The tokens of a request as they are drawn. Leaving the enumeration or disposing cancels what is not drawn yet.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A stream of tokens; nobody takes it for System.IO.Stream.")]
public sealed class TokenStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _cancel;
    private int _disposed;
    private int _cached;
    private int _drawn;
    private long _queuedTicks = -1; // before it was begun

    internal TokenStream(TokenRequest request, CancellationToken cancellation)
    {
        Request = request;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Cancelled = _cancel.Token;
    }

    /// <summary>What was asked.</summary>
    public TokenRequest Request { get; }

    /// <summary>Prompt tokens whose keys and values were found in the cache; certain once it was begun.</summary>
    public int CachedTokens => Volatile.Read(ref _cached);

    /// <summary>Time it waited before it was begun; null until then. For any thread.</summary>
    public TimeSpan? Queued => Volatile.Read(ref _queuedTicks) is >= 0 and long ticks ? new(ticks) : null;

    /// <summary>Tokens drawn or forced so far, of all choices, read or not. For any thread.</summary>
    public int DrawnTokens => Volatile.Read(ref _drawn);

    /// <summary>Log-probs of the prompt's tokens from the second on; empty unless asked for. Certain with the first event.</summary>
    public IReadOnlyList<TokenLogProb> PromptLogProbs { get; internal set; } = [];

    /// <summary>
    /// The prompt's embedding: the mean over its positions of the hidden state after the last norm, divided by its Euclidean
    /// length. Empty unless asked for; certain once the stream has ended.
    /// </summary>
    public IReadOnlyList<float> Embedding { get; internal set; } = [];

    internal Channel<TokenEvent> Channel { get; } = System.Threading.Channels.Channel.CreateUnbounded<TokenEvent>(new() { SingleReader = true, SingleWriter = true });

    internal CancellationToken Cancelled { get; }

    /// <summary>Told by the engine's thread; who sees that it was begun sees what was found, too.</summary>
    internal void Begin(TimeSpan queued, int cachedTokens)
    {
        _cached = cachedTokens;
        Volatile.Write(ref _queuedTicks, queued.Ticks);
    }

    /// <summary>Told by the engine's thread, which alone writes.</summary>
    internal void Say(TokenEvent token)
    {
        Volatile.Write(ref _drawn, _drawn + 1);
        Channel.Writer.TryWrite(token);
    }

    /// <summary>Every token of every choice, in the order they were drawn. One reader.</summary>
    /// <exception cref="OperationCanceledException">The request was cancelled.</exception>
    public async IAsyncEnumerable<TokenEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            await foreach (TokenEvent token in Channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return token;
            }
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of the caller's token where no engine has taken the request.</summary>
    internal void Refuse() => _cancel.Dispose();

    /// <summary>Cancels what is not drawn yet.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _cancel.CancelAsync().ConfigureAwait(false);
            _cancel.Dispose();
        }
    }
}
