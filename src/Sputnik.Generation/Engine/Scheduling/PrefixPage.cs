namespace Sputnik.Generation;

/// <summary>A full page of keys and values, and the text that made it: the tokens in it and those of the pages before.</summary>
internal sealed class PrefixPage
{
    /// <summary>Where it lies in the cache.</summary>
    public required int Page { get; init; }

    /// <summary>The page before; null for the first of a text.</summary>
    public required PrefixPage? Before { get; init; }

    /// <summary>Whose text, and under which weights.</summary>
    public required PrefixScope Scope { get; init; }

    /// <summary>What it is found by: the hash of scope, pages before and tokens.</summary>
    public required ulong Hash { get; init; }

    /// <summary>Its tokens. A hash may lie, so a hit compares them.</summary>
    public required int[] Tokens { get; init; }

    /// <summary>Kept pages that continue it.</summary>
    public int Continuations { get; set; }

    /// <summary>Whether a sequence holds a page behind it; only while pages are counted.</summary>
    public bool HasHeldBehind { get; set; }

    /// <summary>Whether it is the page of this text.</summary>
    public bool Is(PrefixScope scope, PrefixPage? before, ReadOnlySpan<int> tokens) =>
        ReferenceEquals(Before, before) && Scope == scope && tokens.SequenceEqual(Tokens);
}
