namespace Sputnik.Generation;

/// <summary>Who is being computed: begun requests and their running choices, each with its pages. Keeps every count beside what it counts.</summary>
internal sealed class RunningBatch(PageStore pages, Meter meter, int places)
{
    private readonly List<Ticket> _begun = [];

    // By age: the last is the youngest.
    private readonly List<Choice> _running = [];

    /// <summary>Running choices, oldest first.</summary>
    public List<Choice> Choices => _running;

    /// <summary>Requests that have begun and not ended.</summary>
    public List<Ticket> Begun => _begun;

    /// <summary>Whether another choice may run.</summary>
    public bool Free => _running.Count < places;

    /// <summary>Takes up a request whose first choice has its pages.</summary>
    public void Begin(Ticket ticket)
    {
        _begun.Add(ticket);
        Run(ticket.Choices[0]);
    }

    /// <summary>The youngest choice of an owner.</summary>
    public Choice Youngest(OwnerShare owner)
    {
        int index = _running.Count - 1;
        while (!ReferenceEquals(_running[index].Ticket.Owner, owner))
        {
            index--;
        }

        return _running[index];
    }

    /// <summary>Lets a choice run that has its pages.</summary>
    public void Run(Choice choice)
    {
        int place = _running.Count;
        while (place > 0 && _running[place - 1].Order > choice.Order)
        {
            place--;
        }

        _running.Insert(place, choice);
        choice.Ticket.Owner.Running++;
        choice.Charged = Math.Max(choice.Charged, choice.Computed);
    }

    /// <summary>Takes a running choice's pages; it waits to be computed again.</summary>
    public void Preempt(Choice choice)
    {
        pages.Keep(choice);
        Stop(choice);
        Wait(choice);
        meter.Preemptions++;
    }

    /// <summary>Lets a choice wait for a place and pages.</summary>
    public void Wait(Choice choice)
    {
        List<Choice> waiting = choice.Ticket.Owner.Preempted;
        int place = waiting.Count;
        while (place > 0 && waiting[place - 1].Order > choice.Order)
        {
            place--;
        }

        waiting.Insert(place, choice);
        meter.ChoicesWaiting++;
    }

    /// <summary>Ends a running choice.</summary>
    public void Stop(Choice choice)
    {
        pages.End(choice);
        _running.Remove(choice);
        choice.Ticket.Owner.Running--;
    }

    /// <summary>Ends a request before its time. What was computed for it is kept where it is sound.</summary>
    public void Drop(Ticket ticket, Exception why, bool keep)
    {
        foreach (Choice choice in ticket.Choices)
        {
            if (choice.Kv is not null)
            {
                if (keep)
                {
                    pages.Keep(choice);
                }

                Stop(choice);
            }
            else if (ticket.Owner.Preempted.Remove(choice))
            {
                meter.ChoicesWaiting--;
            }
        }

        End(ticket, why);
    }

    /// <summary>Ends a request.</summary>
    public void End(Ticket ticket, Exception? why)
    {
        ticket.Ended = true;
        _begun.Remove(ticket);
        ticket.Stream.Channel.Writer.TryComplete(why);
    }
}
