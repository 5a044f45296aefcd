namespace Sputnik.Generation.Grammars;

/// <summary>All places where the grammar may stand after a text. Equal states of a machine are one object.</summary>
/// <param name="places">The places.</param>
/// <param name="cost">Steps that were followed to find the places.</param>
/// <param name="classes">Classes of bytes in the grammar.</param>
internal sealed class GrammarState(GrammarPlaces places, int cost, int classes)
{
    /// <summary>Steps that were followed to find the places.</summary>
    public int Cost => cost;

    /// <summary>The places.</summary>
    public ReadOnlySpan<GrammarPlace> Places => places.Places;

    /// <summary>Whether the text may end here.</summary>
    public bool Accepts => places.Accepts;

    /// <summary>Whether it lost readings, so that nothing may be said of what follows.</summary>
    public bool IsCut => places.IsCut;

    /// <summary>Whether no text leads here.</summary>
    public bool IsDead => places.Places.Length == 0 && !places.Accepts;

    /// <summary>The state behind a byte of each class, as far as it was asked for.</summary>
    public GrammarState?[] Next { get; } = new GrammarState?[classes];

    /// <summary>The last walk that went on by a byte of each class.</summary>
    public long[] Walks { get; } = new long[classes];

    /// <summary>The tokens that may follow, while they are remembered.</summary>
    public ulong[]? Mask { get; set; }

    /// <summary>Whether the mask was asked for since the last clearing.</summary>
    public bool Used { get; set; }
}
