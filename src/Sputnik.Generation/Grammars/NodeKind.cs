namespace Sputnik.Generation.Grammars;

/// <summary>What a step of a grammar does.</summary>
internal enum NodeKind : byte
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Goes on at two places: the argument and the next.</summary>
    Split,

    /// <summary>Takes one byte of a set.</summary>
    Bytes,

    /// <summary>Takes one token, which has no bytes here.</summary>
    Token,

    /// <summary>Takes what a rule takes.</summary>
    Call,

    /// <summary>Ends its rule.</summary>
    Return,
}
