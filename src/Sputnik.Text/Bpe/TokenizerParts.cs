namespace Sputnik.Text;

/// <summary>What a tokenizer is made of, whichever file it comes from.</summary>
internal sealed record TokenizerParts
{
    /// <summary>The tokens.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>What merging begins with.</summary>
    public required SymbolReader Symbols { get; init; }

    /// <summary>The merges.</summary>
    public required BpeMerges Merges { get; init; }

    /// <summary>How text is cut into pieces.</summary>
    public required PreTokenizer Cut { get; init; }

    /// <summary>Whether spaces are SentencePiece's.</summary>
    public bool SentencePiece { get; init; }

    /// <summary>Where SentencePiece writes a space that is not there.</summary>
    public SpacePrefix SpacePrefix { get; init; }

    /// <summary>Whether a piece that is a token becomes it, whatever the merges say.</summary>
    public bool IgnoreMerges { get; init; }

    /// <summary>Whether text is normalised to Unicode's form C first.</summary>
    public bool Nfc { get; init; }

    /// <summary>The tokens that are matched whole.</summary>
    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    /// <summary>The texts of the tokens of a conversation.</summary>
    public SpecialTokens SpecialTokens { get; init; } = new();

    /// <summary>Opens every sequence.</summary>
    public int? BosId { get; init; }

    /// <summary>Ends every sequence.</summary>
    public int? EosId { get; init; }

    /// <summary>Stands for what has no token.</summary>
    public int? UnknownId { get; init; }

    /// <summary>Fills rows that are too short.</summary>
    public int? PaddingId { get; init; }

    /// <summary>Other tokens that end a response.</summary>
    public IReadOnlyList<int> OtherEndIds { get; init; } = [];

    /// <summary>Whether a prompt opens with <see cref="BosId"/>.</summary>
    public bool AddBos { get; init; }

    /// <summary>Whether a prompt ends with <see cref="EosId"/>.</summary>
    public bool AddEos { get; init; }
}
