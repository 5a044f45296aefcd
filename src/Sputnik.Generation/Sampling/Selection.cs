namespace Sputnik.Generation;

/// <summary>
/// The greatest of many keys one after the other, the lowest index among equals: a heap, so that the few that are wanted
/// cost no sort of all. Allocates once.
/// </summary>
internal sealed class Selection(int capacity)
{
    private readonly int[] _heap = new int[capacity];

    /// <summary>Indices that are left.</summary>
    public int Count { get; private set; }

    /// <summary>Begins with the indices whose key is at least <paramref name="floor"/>.</summary>
    public void Start(ReadOnlySpan<float> keys, float floor)
    {
        Count = 0;
        for (int index = 0; index < keys.Length; index++)
        {
            if (keys[index] >= floor)
            {
                _heap[Count++] = index;
            }
        }

        for (int parent = (Count / 2) - 1; parent >= 0; parent--)
        {
            Sink(keys, parent);
        }
    }

    /// <summary>Takes the next index; there must be one.</summary>
    public int Next(ReadOnlySpan<float> keys)
    {
        int first = _heap[0];
        _heap[0] = _heap[--Count];
        Sink(keys, 0);
        return first;
    }

    /// <summary>The order: greater keys first, lower indices among equals.</summary>
    public static bool Before(ReadOnlySpan<float> keys, int a, int b) => keys[a] > keys[b] || (keys[a] == keys[b] && a < b);

    private void Sink(ReadOnlySpan<float> keys, int parent)
    {
        while ((2 * parent) + 1 < Count)
        {
            int child = (2 * parent) + 1;
            if (child + 1 < Count && Before(keys, _heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (Before(keys, _heap[parent], _heap[child]))
            {
                return;
            }

            (_heap[parent], _heap[child]) = (_heap[child], _heap[parent]);
            parent = child;
        }
    }
}
