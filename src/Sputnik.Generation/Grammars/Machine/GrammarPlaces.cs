namespace Sputnik.Generation.Grammars;

/// <summary>Where a grammar may stand after a text; compared by what it holds.</summary>
/// <param name="Places">The places, sorted.</param>
/// <param name="Accepts">Whether the text is whole.</param>
/// <param name="IsCut">Whether there were more places than are kept: no answer may be held to what is left.</param>
internal readonly record struct GrammarPlaces(GrammarPlace[] Places, bool Accepts, bool IsCut)
{
    public bool Equals(GrammarPlaces other) => Accepts == other.Accepts && IsCut == other.IsCut && Places.AsSpan().SequenceEqual(other.Places);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Accepts);
        foreach (GrammarPlace place in Places)
        {
            hash.Add(place.Node);
            hash.Add(place.Frame?.Id ?? -1);
        }

        return hash.ToHashCode();
    }
}
