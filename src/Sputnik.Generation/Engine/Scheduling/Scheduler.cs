using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>
/// The engine's loop, one step a call: cancelled requests leave, waiting ones begin, every running choice gets a row and
/// prompts the rest of the step's rows, tokens are drawn. Choices begin with pages for what they have, not for what they
/// may become; where pages run out the youngest is set back and computed again later, with the same bits by the row law.
/// The oldest is never set back for another and one sequence always fits, so some choice always ends.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly PageStore _pages;
    private readonly StepBatch _batch;
    private readonly Seats _seats;
    private readonly Drawing _drawing;
    private readonly int _vocabularySize;
    private int _weightsVersion;

    /// <summary>A loop over fresh pages.</summary>
    public Scheduler(ILanguageModel model, Workers workers, EnginePlan plan, EngineOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _vocabularySize = model.VocabularySize;
        Plan = plan;
        Room = new(options.QueueLength, options.QueueLengthPerOwner);
        _pages = new(model, plan, options.MaxSequences);
        _batch = new(model, workers, options.MaxSequences + options.StepRows);
        _seats = new(_pages, Meter, options.MaxSequences);
        _drawing = new(_seats, _pages, Meter, model.VocabularySize, _time);
        Measure();
    }

    /// <summary>What it holds.</summary>
    public EnginePlan Plan { get; }

    /// <summary>Requests that have not begun.</summary>
    public WaitingRoom Room { get; }

    /// <summary>What it counts.</summary>
    public Meter Meter { get; } = new();

    /// <summary>Rows of the last step.</summary>
    public int LastRows => _batch.Rows;

    /// <summary>The engine at this moment.</summary>
    public EngineStatus Status => Meter.Snapshot(Room.Count, Plan.Pages);

    /// <summary>Takes a request; on any thread.</summary>
    public TokenStream Submit(TokenRequest request, CancellationToken cancellation = default)
    {
        var stream = new TokenStream(request, cancellation);
        try
        {
            var ticket = new Ticket(stream, _vocabularySize, Plan.ContextTokens) { Entered = _time.GetTimestamp() };
            return Room.TryEnter(ticket) ? stream : throw Busy();
        }
        catch
        {
            stream.Refuse();
            throw;
        }
    }

    /// <summary>What a caller is told for whom there is no place.</summary>
    public EngineBusyException Busy() => new(Room.Count, Meter.RetryAfter);

    /// <summary>Pages computed before are found no more.</summary>
    public void WeightsChanged() => Interlocked.Increment(ref _weightsVersion);

    /// <summary>One step; false where there is nothing to do.</summary>
    public bool Step()
    {
        long began = _time.GetTimestamp();
        Reap();
        bool blocked = Admit();
        if (_seats.Running.Count == 0)
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
        while (Room.TakeDead(all: true) is Ticket waiting)
        {
            waiting.Stream.Channel.Writer.TryComplete(why);
        }

        // Streams only: after a fault nothing else can be trusted.
        foreach (Ticket ticket in _seats.Begun)
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

    private void Reap()
    {
        while (Room.TakeDead(all: false) is Ticket waiting)
        {
            Unbegun(waiting);
        }

        for (int index = _seats.Begun.Count - 1; index >= 0; index--)
        {
            Ticket ticket = _seats.Begun[index];
            if (ticket.Cancelled)
            {
                (Meter.CancelledDecode, Meter.CancelledPrefill) = ticket.HasToken
                    ? (Meter.CancelledDecode + 1, Meter.CancelledPrefill)
                    : (Meter.CancelledDecode, Meter.CancelledPrefill + 1);
                _seats.Drop(ticket, new OperationCanceledException(), keep: true);
            }
        }
    }

    private void Unbegun(Ticket ticket)
    {
        ticket.Stream.Channel.Writer.TryComplete(new OperationCanceledException());
        Meter.CancelledQueued++;
    }

    /// <summary>Begins what there is room for; true where somebody has to wait.</summary>
    private bool Admit()
    {
        while (Room.Turn() is OwnerShare owner)
        {
            bool begun = _seats.Free && TryBegin(owner);
            if (!begun && !TryMakeRoom(owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Begins what an owner has waiting for longest: what was set back, then new requests.</summary>
    private bool TryBegin(OwnerShare owner)
    {
        // A page for each that runs: what begins is not set back by the very next step.
        int spare = _seats.Running.Count;
        if (owner.SetBack.Count > 0)
        {
            Choice choice = owner.SetBack[0];
            if (!_pages.TryBegin(choice, spare))
            {
                return false;
            }

            owner.SetBack.RemoveAt(0);
            Meter.SetBack--;
            _seats.Run(choice);
            return true;
        }

        return Room.Oldest(owner) is Ticket ticket && TryBegin(ticket, spare);
    }

    /// <summary>True also where the request turns out to be impossible or unwanted: it is then gone.</summary>
    private bool TryBegin(Ticket ticket, int spare)
    {
        if (ticket.Cancelled)
        {
            Room.Leave(ticket);
            Unbegun(ticket);
            return true;
        }

        try
        {
            ticket.Scope = new(ticket.Request.Owner, Volatile.Read(ref _weightsVersion));
            ticket.Choices = ticket.Choices.Count > 0 ? ticket.Choices : [.. Enumerable.Range(0, ticket.Request.Choices).Select(index => new Choice(ticket, index))];
        }
        catch (Exception refused)
        {
            // A guide that cannot be made is its request's failure, not the engine's.
            Room.Leave(ticket);
            ticket.Stream.Channel.Writer.TryComplete(refused);
            Meter.Failed++;
            return true;
        }

        Choice first = ticket.Choices[0];
        if (!_pages.TryBegin(first, spare))
        {
            return false;
        }

        Room.Leave(ticket);
        ticket.Open = ticket.Choices.Count;
        ticket.Began = _time.GetTimestamp();
        ticket.Stream.Begin(_time.GetElapsedTime(ticket.Entered, ticket.Began), first.Computed);
        Meter.PromptTokens += ticket.Prompt.Length;
        Meter.PrefixQueryTokens += ticket.Prompt.Length;
        Meter.PrefixHitTokens += first.Computed;
        _seats.Begin(ticket);
        return true;
    }

    /// <summary>Sets back a choice of whoever has most, where the owner then still has no more of them and can begin with what they leave.</summary>
    private bool TryMakeRoom(OwnerShare owner)
    {
        if (Room.Greediest() is not OwnerShare greediest || greediest.Running < owner.Running + 2 || greediest.Served <= owner.Served)
        {
            return false;
        }

        int most = greediest.Running - owner.Running - 1;
        if (_seats.Free && !_pages.Could(Next(owner), _seats.Running.Where(choice => ReferenceEquals(choice.Ticket.Owner, greediest)).TakeLast(most)))
        {
            return false;
        }

        _seats.SetBack(_seats.Youngest(greediest));
        return true;
    }

    /// <summary>What an owner would begin with.</summary>
    private Choice? Next(OwnerShare owner) => owner.SetBack.Count > 0 ? owner.SetBack[0] : Room.Oldest(owner) is { Choices: [Choice first, ..] } ? first : null;

    private void Compose()
    {
        _batch.Clear();
        for (int index = 0; index < _seats.Running.Count; index++)
        {
            Choice choice = _seats.Running[index];
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

    /// <summary>Finds a choice's next page, at the price of younger ones; false where it is the youngest and was set back itself.</summary>
    private bool TryGrow(Choice choice)
    {
        while (!_pages.TryGrow(choice))
        {
            Choice youngest = _seats.Running[^1];
            _seats.SetBack(youngest);
            if (ReferenceEquals(youngest, choice))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The prompt whose turn it is: of the owner for whom least was computed, the oldest.</summary>
    private Choice? NextPrompt()
    {
        Choice? next = null;
        foreach (Choice choice in _seats.Running)
        {
            if (choice.Pending > 1 && !InBatch(choice) && (next is null || choice.Ticket.Owner.Served < next.Ticket.Owner.Served))
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

    private void Measure()
    {
        Meter.Running = _seats.Running.Count;
        Meter.PagesFree = _pages.Cache.FreePages;
        Meter.PagesCached = _pages.Cached;
    }
}
