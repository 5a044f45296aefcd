namespace Sputnik.Generation;

/// <summary>
/// Requests that have not begun, and whose turn it is: always the owner for whom least was computed, who on coming back
/// starts level with those present. Source: the virtual token counter of arXiv 2401.00588 §4. Callers enter on any thread,
/// the engine's thread takes out.
/// </summary>
internal sealed class WaitingRoom(int places, int placesPerOwner)
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

    /// <summary>The owner whose turn it is among those that have something waiting; null where nobody has.</summary>
    public OwnerShare? Turn()
    {
        lock (_lock)
        {
            Level();
            OwnerShare? turn = null;
            foreach (OwnerShare owner in _owners.Values)
            {
                if ((owner.Queue.Count > 0 || owner.SetBack.Count > 0) && (turn is null || Earlier(owner, turn)))
                {
                    turn = owner;
                }
            }

            return turn;
        }
    }

    /// <summary>The owner with the most running choices; null where nothing runs.</summary>
    public OwnerShare? Greediest()
    {
        lock (_lock)
        {
            OwnerShare? greediest = null;
            foreach (OwnerShare owner in _owners.Values)
            {
                greediest = owner.Running > (greediest?.Running ?? 0) ? owner : greediest;
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

    /// <summary>Owners that come back start level; owners that are away and owe nothing are forgotten.</summary>
    private void Level()
    {
        long floor = long.MaxValue;
        bool change = false;
        foreach (OwnerShare owner in _owners.Values)
        {
            floor = owner.Active && owner.HasWork ? Math.Min(floor, owner.Served) : floor;
            change |= owner.Active != owner.HasWork;
        }

        if (!change)
        {
            return;
        }

        foreach ((string name, OwnerShare owner) in _owners)
        {
            bool back = owner.HasWork && !owner.Active;
            owner.Active = owner.HasWork;
            owner.Served = back && floor < long.MaxValue ? Math.Max(owner.Served, floor) : owner.Served;
            if (!owner.Active && owner.Served <= floor)
            {
                _owners.Remove(name);
            }
        }
    }

    // Those level with each other take turns by what waited longest.
    private static bool Earlier(OwnerShare a, OwnerShare b) => a.Served != b.Served ? a.Served < b.Served : Order(a) < Order(b);

    private static long Order(OwnerShare owner) => owner.SetBack.Count > 0 ? owner.SetBack[0].Ticket.Order : owner.Queue.First?.Value.Order ?? long.MaxValue;
}
