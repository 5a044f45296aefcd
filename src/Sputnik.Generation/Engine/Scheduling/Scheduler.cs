using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// The engine's loop, one step a call: cancelled requests leave, waiting ones begin, every running choice gets a row and
/// prompts the rest of the step's rows, tokens are drawn. Where pages run out the youngest choice is preempted and computed
/// again later, with the same bits by the row law. The oldest is never preempted for another and one sequence always fits, so
/// some choice always ends.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly PageStore _pages;
    private readonly StepBatch _batch;
    private readonly RunningBatch _running;
    private readonly Admission _admission;
    private readonly Drawing _drawing;
    private readonly int _vocabularySize;

    /// <summary>A loop over fresh pages.</summary>
    public Scheduler(ILanguageModel model, Workers workers, EnginePlan plan, EngineOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _vocabularySize = model.VocabularySize;
        Plan = plan;
        Queue = new(options.QueueLength, options.QueueLengthPerOwner);
        _pages = new(model, plan, options.MaxSequences);
        _batch = new(model, workers, options.MaxSequences + options.StepRows);
        _running = new(_pages, Meter, options.MaxSequences);
        _admission = new(Queue, _running, _pages, Meter, _time);
        _drawing = new(_running, _pages, Meter, model.VocabularySize, _time);
        Measure();
    }

    /// <summary>What it holds.</summary>
    public EnginePlan Plan { get; }

    /// <summary>Requests that have not begun.</summary>
    public RequestQueue Queue { get; }

    /// <summary>What it counts.</summary>
    public Meter Meter { get; } = new();

    /// <summary>Rows of the last step.</summary>
    public int LastRows => _batch.Rows;

    /// <summary>The engine at this moment.</summary>
    public EngineStatus Status => Meter.Snapshot(Queue.Count, Plan.Pages);

    /// <summary>Takes a request; on any thread.</summary>
    public TokenStream Submit(TokenRequest request, CancellationToken cancellation = default)
    {
        var stream = new TokenStream(request, cancellation);
        try
        {
            var ticket = new Ticket(stream, _vocabularySize, Plan.ContextTokens) { Entered = _time.GetTimestamp() };
            return Queue.TryEnter(ticket) ? stream : throw Busy();
        }
        catch
        {
            stream.Refuse();
            throw;
        }
    }

    /// <summary>What a caller is told for whom there is no place.</summary>
    public EngineBusyException Busy() => new(Queue.Count, Meter.RetryAfter);

    /// <summary>Pages computed before are found no more.</summary>
    public void WeightsChanged() => _admission.WeightsChanged();

    /// <summary>One step; false where there is nothing to do.</summary>
    public bool Step()
    {
        long began = _time.GetTimestamp();
        _admission.LetGo();
        bool contended = Queue.BeginRound(_running.Choices);
        bool blocked = _admission.Begin();
        if (_running.Choices.Count == 0)
        {
            Measure();
            return blocked ? throw new InvalidOperationException("A request waits for pages while nothing holds them.") : false;
        }

        Compose();
        if (_batch.Rows > 0)
        {
            Tensor? logits = _batch.Compute(_pages.Cache);
            for (int part = 0; part < _batch.Count; part++)
            {
                Charge(_batch[part], contended);
                _drawing.Advance(_batch[part], _batch.Hidden, logits);
            }

            Meter.Steps++;
        }

        Measure();
        Meter.LastStepMilliseconds = _time.GetElapsedTime(began).TotalMilliseconds;
        return true;
    }

    /// <summary>Ends every stream with an exception; no step may follow.</summary>
    public void EndAll(Exception why)
    {
        while (Queue.TakeDead(all: true) is Ticket waiting)
        {
            waiting.Stream.Channel.Writer.TryComplete(why);
        }

        // Streams only: after a fault nothing else can be trusted.
        foreach (Ticket ticket in _running.Begun)
        {
            ticket.Stream.Channel.Writer.TryComplete(why);
        }
    }

    /// <summary>Frees pages and scratch memory.</summary>
    public void Dispose()
    {
        _pages.Dispose();
        _batch.Dispose();
    }

    private void Compose()
    {
        _batch.Clear();
        for (int index = 0; index < _running.Choices.Count; index++)
        {
            Choice choice = _running.Choices[index];
            if (choice.Pending == 1 && TryGrow(choice))
            {
                _batch.Add(choice, 1);
            }
        }

        for (int left = _options.StepRows; left > 0 && NextPrompt() is Choice prompt;)
        {
            int rows = Math.Min(left, prompt.Pending);
            _batch.Add(prompt, rows);
            left -= rows;
        }
    }

    /// <summary>Finds a choice's next page, at the price of younger ones; false where it is the youngest and was preempted itself.</summary>
    private bool TryGrow(Choice choice)
    {
        while (!_pages.TryGrow(choice))
        {
            Choice youngest = _running.Choices[^1];
            _running.Preempt(youngest);
            if (ReferenceEquals(youngest, choice))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The prompt whose turn it is: of owners that have rows left the oldest, then of who owes least.</summary>
    private Choice? NextPrompt()
    {
        Choice? next = null;
        foreach (Choice choice in _running.Choices)
        {
            if (choice.Pending > 1 && !InBatch(choice) && (next is null || DeficitRoundRobin.OwesLess(choice.Ticket.Owner, next.Ticket.Owner)))
            {
                next = choice;
            }
        }

        return next;
    }

    private bool InBatch(Choice choice)
    {
        for (int part = 0; part < _batch.Count; part++)
        {
            if (ReferenceEquals(_batch[part].Choice, choice))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a choice's rows off what its owner has left, those of a second time not; where nobody wants anything they cost nothing.</summary>
    private static void Charge(StepPart part, bool contended)
    {
        Choice choice = part.Choice;
        int computed = choice.Computed + part.Rows;
        choice.Ticket.Owner.Deficit -= contended ? Math.Max(0, computed - choice.Charged) : 0;
        choice.Charged = Math.Max(choice.Charged, computed);
    }

    private void Measure()
    {
        Meter.Running = _running.Choices.Count;
        Meter.PagesFree = _pages.Cache.FreePages;
        Meter.PagesCached = _pages.Cached;
    }
}
