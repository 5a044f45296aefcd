namespace Sputnik.Generation.Grammars;

/// <summary>What a grammar of a caller may cost.</summary>
internal static class GrammarLimits
{
    /// <summary>Characters of a schema, an expression or a grammar. 64 Ki hold any tool set that fits a prompt.</summary>
    public const int SourceLength = 64 << 10;

    /// <summary>How deep groups, objects and arrays of the source may nest.</summary>
    public const int Nesting = 100;

    /// <summary>Steps of a grammar: 16 bytes each with what is known of them, so 2 MB.</summary>
    public const int Nodes = 1 << 17;

    /// <summary>Rules of a grammar.</summary>
    public const int Rules = 1 << 14;

    /// <summary>Places in the grammar that one state keeps. JSON needs fewer than 10; a grammar that needs more is refused.</summary>
    public const int Places = 1024;

    /// <summary>Steps followed to find the places of one state.</summary>
    public const int StepsOfAState = 1 << 13;

    /// <summary>Steps followed for one mask, each new one counted once. JSON needs some thousands; nobody else's answer moves on meanwhile.</summary>
    public const int StepsOfAMask = 1 << 19;

    /// <summary>States kept of one grammar before all are forgotten.</summary>
    public const int States = 2048;

    /// <summary>Places in all states that are kept: 4 MB.</summary>
    public const int KeptPlaces = 1 << 18;

    /// <summary>Masks kept of one grammar: 16 KB each for a vocabulary of 128 Ki.</summary>
    public const int Masks = 128;

    /// <summary>Grammars kept of one vocabulary.</summary>
    public const int Grammars = 16;

    /// <summary>The source, if it is short enough.</summary>
    public static string Checked(string source, string name)
    {
        ArgumentNullException.ThrowIfNull(source, name);
        return source.Length <= SourceLength
            ? source
            : throw new ArgumentException($"The {name} has {source.Length} characters; at most {SourceLength} are taken.", name);
    }
}
