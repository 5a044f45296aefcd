using System.Threading.Channels;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Continues token ids for many callers. All arithmetic runs on one thread of its own; callers talk to it through channels.
/// What a request gets depends on the weights, its prompt and its seed only, never on the company.
/// </summary>
public sealed class Engine : IDisposable
{
    private readonly ILanguageModel _model;
    private readonly Workers _workers;
    private readonly EngineOptions _options;
    private readonly Channel<TokenStream> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Thread _thread;

    /// <summary>Starts the engine's thread.</summary>
    public Engine(ILanguageModel model, Workers workers, EngineOptions? options = null)
    {
        _model = model;
        _workers = workers;
        _options = options ?? new();
        ContextTokens = _options.ContextTokens == 0 ? Math.Min(4096, model.MaxLength) : _options.ContextTokens;
        _queue = Channel.CreateBounded<TokenStream>(_options.QueueLength);
        _thread = new(Run) { IsBackground = true, Name = "engine" };
        _thread.Start();
    }

    /// <summary>Longest sequence, prompt and answer.</summary>
    public int ContextTokens { get; }

    /// <summary>Takes a request; its tokens arrive through the stream.</summary>
    /// <exception cref="ContextOverflowException">The prompt leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    public TokenStream Submit(TokenRequest request, CancellationToken cancellation = default)
    {
        request.Draw.Validate();
        if (request.Prompt.Count == 0)
        {
            throw new ArgumentException("The prompt has no tokens.", nameof(request));
        }

        if (request.Prompt.Count >= ContextTokens)
        {
            throw new ContextOverflowException(request.Prompt.Count, ContextTokens);
        }

        var stream = new TokenStream(request, cancellation);
        return _queue.Writer.TryWrite(stream) ? stream : throw new EngineBusyException(_queue.Reader.Count, TimeSpan.FromSeconds(1));
    }

    /// <summary>Ends the thread; what is not drawn yet is cancelled.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _closing.Cancel();
        _thread.Join();
        _closing.Dispose();
    }

    private void Run()
    {
        using var generator = new Generator(_model, _workers, maxSequences: 1, ContextTokens);
        while (_queue.Reader.TryRead(out TokenStream? stream) || Wait())
        {
            if (stream is not null)
            {
                Answer(generator, stream);
            }
        }
    }

    private bool Wait()
    {
        try
        {
            return _queue.Reader.WaitToReadAsync(_closing.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Answer(Generator generator, TokenStream stream)
    {
        TokenRequest request = stream.Request;
        var settings = new SamplingSettings { Temperature = request.Draw.Temperature, MaxNewTokens = request.MaxNewTokens, StopTokens = request.StopTokens };
        for (int choice = 0; choice < request.Choices; choice++)
        {
            ITokenGuide? guide = request.Guide?.Invoke(choice);
            SampledToken? last = null;
            foreach (SampledToken token in generator.Stream([.. request.Prompt], settings, new CounterRandom(request.Draw.Seed, "answer").Split((ulong)choice)))
            {
                if (stream.Cancelled.IsCancellationRequested || _closing.IsCancellationRequested)
                {
                    stream.Channel.Writer.TryComplete(new OperationCanceledException());
                    return;
                }

                if (last is SampledToken before)
                {
                    stream.Channel.Writer.TryWrite(new(choice, new(before.Id, before.LogProb), [], null));
                }

                last = token;
                guide?.Accept(token.Id);
                if (guide?.Ended is not null)
                {
                    break;
                }
            }

            if (last is SampledToken end)
            {
                FinishReason finish = guide?.Ended ?? (request.StopTokens.Contains(end.Id) ? FinishReason.Stop : FinishReason.Length);
                stream.Channel.Writer.TryWrite(new(choice, new(end.Id, end.LogProb), [], finish));
            }
        }

        stream.Channel.Writer.TryComplete();
    }
}
