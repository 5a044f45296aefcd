namespace Sputnik.Text;

/// <summary>Where SentencePiece's dummy space is written.</summary>
internal enum SpacePrefix
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Before text that opens a sequence.</summary>
    First,

    /// <summary>Before text that opens a sequence or follows an added token.</summary>
    Always,
}
