using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// Continues token ids for many callers at once. All arithmetic runs on one thread of its own; callers talk to it through
/// channels. What a request gets depends on the weights, its prompt, its settings and its seed only, never on the company.
/// </summary>
public sealed class Engine : IDisposable
{
    private readonly Scheduler _scheduler;
    private readonly AutoResetEvent _work = new(false);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;

    // Guards the end: after it nothing enters, so nothing is left behind.
    private readonly Lock _gate = new();
    private volatile bool _draining;
    private volatile bool _closing;
    private volatile Exception? _fault;

    /// <summary>Takes the memory of its plan and starts its thread.</summary>
    public Engine(ILanguageModel model, Workers workers, EngineOptions? options = null)
    {
        options ??= new();
        Plan = EnginePlan.Of(model, options);
        (MaxSequences, RequestsPerOwner) = (options.MaxSequences, options.MaxSequences + options.QueueLengthPerOwner);
        _scheduler = new(model, workers, Plan, options);
        _thread = new(Run) { IsBackground = true, Name = "sputnik engine" };
        _thread.Start();
    }

    /// <summary>Longest sequence, prompt and answer.</summary>
    public int ContextTokens => Plan.ContextTokens;

    /// <summary>Sequences it computes at once.</summary>
    public int MaxSequences { get; }

    /// <summary>Requests of one owner that can be in it: those it computes and those that wait.</summary>
    public int RequestsPerOwner { get; }

    /// <summary>The memory it holds.</summary>
    public EnginePlan Plan { get; }

    /// <summary>What it does at this moment; on any thread.</summary>
    public EngineStatus Status => _scheduler.Status;

    /// <summary>What ended the engine's thread; every request has failed with it. Null while all is well.</summary>
    public Exception? Fault => _fault;

    /// <summary>Takes a request; its tokens arrive through the stream.</summary>
    /// <exception cref="ContextOverflowException">The prompt leaves no room for an answer.</exception>
    /// <exception cref="EngineBusyException">The queue is full, or the engine is draining.</exception>
    /// <exception cref="InvalidOperationException">The engine has failed, see <see cref="Fault"/>.</exception>
    public TokenStream Submit(TokenRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            if (_fault is not null)
            {
                throw new InvalidOperationException($"The engine has failed and takes no requests: {_fault.Message}", _fault);
            }

            TokenStream stream = _draining ? throw _scheduler.Busy() : _scheduler.Submit(request, cancellation);
            _work.Set();
            return stream;
        }
    }

    /// <summary>Says that the weights were changed: requests that begin afterwards find no page computed before.</summary>
    public void WeightsChanged() => _scheduler.WeightsChanged();

    /// <summary>Refuses new requests and ends when those taken have ended.</summary>
    public Task DrainAsync(CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            _draining = true;
            if (!_closing)
            {
                _work.Set();
            }
        }

        return _idle.Task.WaitAsync(cancellation);
    }

    /// <summary>Ends the thread; what is not drawn yet is cancelled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
            _work.Set();
        }

        _thread.Join();
        _scheduler.Dispose();
        _work.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_closing)
            {
                if (!_scheduler.Step())
                {
                    Rest();
                }
            }

            _scheduler.EndAll(new OperationCanceledException("The engine was disposed."));
        }
        catch (Exception failure)
        {
            // Callers learn of it from their streams and from Fault; nobody waits for a thread that is gone.
            lock (_gate)
            {
                _fault = failure;
            }

            _scheduler.EndAll(failure);
        }

        _idle.TrySetResult();
    }

    private void Rest()
    {
        // Entered before draining began and seen by the last step, or refused: nothing can follow.
        lock (_gate)
        {
            if (_draining && _scheduler.Queue.Count == 0)
            {
                _idle.TrySetResult();
            }
        }

        _work.WaitOne();
    }
}
