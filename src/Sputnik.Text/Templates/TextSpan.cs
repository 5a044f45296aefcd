namespace Sputnik.Text;

/// <summary>Characters <c>[Start, Start + Length)</c> of a text.</summary>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first position behind.</summary>
    public int End => Start + Length;
}
