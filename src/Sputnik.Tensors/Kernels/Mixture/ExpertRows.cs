namespace Sputnik.Tensors;

/// <summary>
/// The choices of a routing sorted by expert, a batch's rows ascending within each: place p of the gathered matrices is a
/// choice (row, k), and row · TopK + k is at a place.
/// </summary>
internal readonly unsafe struct ExpertRows
{
    /// <summary>Choices, and so places.</summary>
    public required int Count { get; init; }

    /// <summary>Row of every place. [rows · top k]</summary>
    public required int* Rows { get; init; }

    /// <summary>Place of every choice. [rows, top k]</summary>
    public required int* Places { get; init; }

    /// <summary>First place of every expert, and the end. [experts + 1]</summary>
    public required int* Starts { get; init; }

    /// <summary>Sorts; the memory is the arena's.</summary>
    public static ExpertRows Sort(Arena arena, Routing routing)
    {
        int experts = routing.Affinities.Cols;
        int topK = routing.Weights.Cols;
        int choices = routing.Weights.Rows * topK;
        int* starts = (int*)arena.Floats(experts + 1);
        int* rows = (int*)arena.Floats(choices);
        int* places = (int*)arena.Floats(choices);
        new Span<int>(starts, experts + 1).Clear();
        for (int i = 0; i < choices; i++)
        {
            starts[routing.ExpertData[i] + 1]++;
        }

        for (int e = 0; e < experts; e++)
        {
            starts[e + 1] += starts[e];
        }

        int* next = stackalloc int[experts];
        new ReadOnlySpan<int>(starts, experts).CopyTo(new(next, experts));
        for (int i = 0; i < choices; i++)
        {
            int place = next[routing.ExpertData[i]]++;
            places[i] = place;
            rows[place] = i / topK;
        }

        return new() { Count = choices, Rows = rows, Places = places, Starts = starts };
    }
}
