namespace Sputnik.Generation;

/// <summary>
/// Who leaves the engine and who begins. Choices begin with pages for what they have, not for what they may become; an owner
/// that has rows left of the round and fewer choices running than another finds a place at the other's price.
/// </summary>
internal sealed class Admission(RequestQueue queue, RunningBatch running, PageStore pages, Meter meter, TimeProvider time)
{
    private int _weightsVersion;

    /// <summary>Pages computed before are found no more; on any thread.</summary>
    public void WeightsChanged() => Interlocked.Increment(ref _weightsVersion);

    /// <summary>Ends the requests whose callers have left.</summary>
    public void LetGo()
    {
        while (queue.TakeDead(all: false) is Ticket waiting)
        {
            Unbegun(waiting);
        }

        for (int index = running.Begun.Count - 1; index >= 0; index--)
        {
            Ticket ticket = running.Begun[index];
            if (ticket.Cancelled)
            {
                (meter.CancelledDecode, meter.CancelledPrefill) = ticket.HasToken
                    ? (meter.CancelledDecode + 1, meter.CancelledPrefill)
                    : (meter.CancelledDecode, meter.CancelledPrefill + 1);
                running.Drop(ticket, new OperationCanceledException(), keep: true);
            }
        }
    }

    /// <summary>Begins what there is room for; true where somebody has to wait.</summary>
    public bool Begin()
    {
        while (queue.Turn() is OwnerShare owner)
        {
            // A request that turns out to be impossible or unwanted is gone, and it is somebody's turn again.
            if (Next(owner) is Choice next && !(running.Free && TryBegin(next)) && !TryMakeRoom(owner, next))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an owner would begin with, what has waited for longest: what was preempted, then new requests. Null where its oldest request is no longer one.</summary>
    private Choice? Next(OwnerShare owner) =>
        owner.Preempted.Count > 0 ? owner.Preempted[0] : queue.Oldest(owner) is Ticket ticket && IsAlive(ticket) ? ticket.Choices[0] : null;

    /// <summary>Makes a waiting request's choices; false where nobody waits for it any more or they cannot be made: it is then gone.</summary>
    private bool IsAlive(Ticket ticket)
    {
        if (ticket.Cancelled)
        {
            queue.Leave(ticket);
            Unbegun(ticket);
            return false;
        }

        try
        {
            ticket.Scope = new(ticket.Request.Owner, Volatile.Read(ref _weightsVersion));
            ticket.Choices = ticket.Choices.Count > 0 ? ticket.Choices : Choices(ticket);
            return true;
        }
        catch (Exception refused)
        {
            // A guide that cannot be made is its request's failure, not the engine's.
            queue.Leave(ticket);
            ticket.Stream.Channel.Writer.TryComplete(refused);
            meter.Failed++;
            return false;
        }
    }

    private static Choice[] Choices(Ticket ticket) => [.. Enumerable.Range(0, ticket.Request.Choices).Select(index => new Choice(ticket, index))];

    /// <summary>Begins a choice where there are pages for it, and one more for each that runs: what begins is not preempted by the very next step.</summary>
    private bool TryBegin(Choice choice)
    {
        if (!pages.TryBegin(choice, spare: running.Choices.Count))
        {
            return false;
        }

        Ticket ticket = choice.Ticket;
        if (ticket.Owner.Preempted.Remove(choice))
        {
            meter.ChoicesWaiting--;
            running.Run(choice);
            return true;
        }

        queue.Leave(ticket);
        ticket.Open = ticket.Choices.Count;
        ticket.Began = time.GetTimestamp();
        ticket.Stream.Begin(time.GetElapsedTime(ticket.Entered, ticket.Began), choice.Computed);
        meter.PromptTokens += ticket.Prompt.Length;
        meter.PrefixQueryTokens += ticket.Prompt.Length;
        meter.PrefixHitTokens += choice.Computed;
        running.Begin(ticket);
        return true;
    }

    /// <summary>Preempts a choice of whoever has most running and less left of the round, where the owner then has no more running than that one, and can begin.</summary>
    private bool TryMakeRoom(OwnerShare owner, Choice next)
    {
        if (queue.Greediest(owner) is not OwnerShare greediest || greediest.Running < owner.Running + 2
            || !pages.Could(next, running.Choices, greediest, greediest.Running - owner.Running - 1))
        {
            return false;
        }

        running.Preempt(running.Youngest(greediest));
        return true;
    }

    private void Unbegun(Ticket ticket)
    {
        ticket.Stream.Channel.Writer.TryComplete(new OperationCanceledException());
        meter.CancelledQueued++;
    }
}
