namespace Sputnik.Tensors;

/// <summary>A place in an <see cref="Arena"/>: everything allocated after it can be released at once.</summary>
public readonly record struct ArenaMark
{
    internal ArenaMark(int block, long used)
    {
        Block = block;
        Used = used;
    }

    internal int Block { get; }

    internal long Used { get; }
}
