namespace Sputnik.Text;

/// <summary>The classes that the patterns of pre-tokenizers tell apart; a rune without any is a control, format or unassigned one.</summary>
[Flags]
internal enum RuneClass
{
    None = 0,

    /// <summary>\p{Lu} or \p{Lt}.</summary>
    Upper = 1,

    /// <summary>\p{Ll}.</summary>
    Lower = 2,

    /// <summary>\p{Lm} or \p{Lo}.</summary>
    Caseless = 4,

    /// <summary>\p{L}.</summary>
    Letter = Upper | Lower | Caseless,

    /// <summary>\p{M}.</summary>
    Mark = 8,

    /// <summary>\p{N}.</summary>
    Number = 16,

    /// <summary>\p{P}.</summary>
    Punctuation = 32,

    /// <summary>\p{S}.</summary>
    Symbol = 64,

    /// <summary>\s other than a line end.</summary>
    Blank = 128,

    /// <summary>[\r\n].</summary>
    LineEnd = 256,

    /// <summary>\s, which is Unicode's White_Space.</summary>
    Space = Blank | LineEnd,
}
