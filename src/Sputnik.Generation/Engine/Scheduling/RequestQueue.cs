namespace Sputnik.Generation;

/// <summary>The owners, their requests that have not begun, and whose turn it is. Callers enter on any thread, the engine's thread takes out.</summary>
internal sealed class RequestQueue(int places, int placesPerOwner)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OwnerShare> _owners = [];
    private int _count;
    private long _entered;

    /// <summary>Requests that wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a request in; false where there is no place.</summary>
    public bool TryEnter(Ticket ticket)
    {
        lock (_lock)
        {
            if (!_owners.TryGetValue(ticket.Request.Owner, out OwnerShare? owner))
            {
                owner = new();
            }

            if (_count >= places || owner.Queue.Count >= placesPerOwner)
            {
                return false;
            }

            _owners[ticket.Request.Owner] = owner;
            ticket.Owner = owner;
            ticket.Order = _entered++;
            owner.Queue.AddLast(ticket);
            _count++;
            return true;
        }
    }

    /// <summary>Sees who wants something, a place or rows of a prompt, and begins a round where one is due; false where nobody wants anything.</summary>
    public bool BeginRound(List<Choice> running)
    {
        lock (_lock)
        {
            foreach (OwnerShare owner in _owners.Values)
            {
                owner.Wants = owner.Waits;
            }

            foreach (Choice choice in running)
            {
                choice.Ticket.Owner.Wants |= choice.Pending > 1;
            }

            bool contended = DeficitRoundRobin.Begin(_owners.Values);
            Forget();
            return contended;
        }
    }

    /// <summary>The owner whose turn it is among those that wait; null where nobody does.</summary>
    public OwnerShare? Turn()
    {
        lock (_lock)
        {
            OwnerShare? turn = null;
            foreach (OwnerShare owner in _owners.Values)
            {
                turn = owner.Waits && (turn is null || DeficitRoundRobin.Before(owner, turn)) ? owner : turn;
            }

            return turn;
        }
    }

    /// <summary>Of the owners that have less left than the given one, that with the most running choices; null where none of them runs any.</summary>
    public OwnerShare? Greediest(OwnerShare than)
    {
        lock (_lock)
        {
            OwnerShare? greediest = null;
            foreach (OwnerShare owner in _owners.Values)
            {
                greediest = owner.Deficit < than.Deficit && owner.Running > (greediest?.Running ?? 0) ? owner : greediest;
            }

            return greediest;
        }
    }

    /// <summary>An owner's oldest request; null where none waits.</summary>
    public Ticket? Oldest(OwnerShare owner)
    {
        lock (_lock)
        {
            return owner.Queue.First?.Value;
        }
    }

    /// <summary>Takes a request out.</summary>
    public void Leave(Ticket ticket)
    {
        lock (_lock)
        {
            ticket.Owner.Queue.Remove(ticket);
            _count--;
        }
    }

    /// <summary>Takes a request out that need not be answered any more, or with <paramref name="all"/> any; null where there is none.</summary>
    public Ticket? TakeDead(bool all)
    {
        lock (_lock)
        {
            foreach (OwnerShare owner in _owners.Values)
            {
                for (LinkedListNode<Ticket>? node = owner.Queue.First; node is not null; node = node.Next)
                {
                    if (all || node.Value.Cancelled)
                    {
                        owner.Queue.Remove(node);
                        _count--;
                        return node.Value;
                    }
                }
            }

            return null;
        }
    }

    /// <summary>Owners without work are forgotten once they have what a new one gets: sooner, to leave and come back would be worth a quantum.</summary>
    private void Forget()
    {
        foreach ((string name, OwnerShare owner) in _owners)
        {
            if (!owner.Waits && owner.Running == 0 && owner.Deficit == DeficitRoundRobin.Quantum)
            {
                _owners.Remove(name);
            }
        }
    }
}
