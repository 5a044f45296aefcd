namespace Sputnik.Tensors;

/// <summary>A block W[h] of one weight for every head: rows h · Stride + Start … + Narrow, all Wide columns.</summary>
internal readonly record struct HeadShape(int Heads, int Stride, int Start, int Narrow, int Wide)
{
    /// <summary>Offset of W[head] in the weight.</summary>
    public nint Block(int head) => ((nint)(head * Stride) + Start) * Wide;

    /// <summary>Floats of all blocks transposed: [Heads][Narrow / 16, rounded up][Wide][16].</summary>
    public long LaneFloats => (long)Heads * LaneBlock;

    /// <summary>Floats of one block transposed.</summary>
    public nint LaneBlock => (nint)((Narrow + Lanes.Width - 1) / Lanes.Width) * Wide * Lanes.Width;
}
