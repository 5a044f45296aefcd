namespace Sputnik.Tensors;

/// <summary>A block W[h] of one weight for every head: rows h · Stride + Start … + Narrow, all Wide columns.</summary>
internal readonly record struct HeadShape(int Heads, int Stride, int Start, int Narrow, int Wide)
{
    /// <summary>First weight row of a head's block.</summary>
    public int Row(int head) => (head * Stride) + Start;
}
