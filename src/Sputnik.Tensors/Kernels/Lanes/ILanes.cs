namespace Sputnik.Tensors;

/// <summary>One vector register of floats, so that a matrix tile is written once for both register widths.</summary>
internal unsafe interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Floats a register holds.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the tallest tile, two registers wide, whose accumulators fit the register file: 14 of 32, 6 of 16.</summary>
    static abstract int TileRows { get; }

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract T Load(float* from);

    /// <summary>One float in every lane.</summary>
    static abstract T Broadcast(float* from);

    /// <summary>a · b + sum, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T sum);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(T lanes, float* to);
}
