namespace Sputnik.Tensors;

/// <summary>
/// One tile of a panel product: c[r, 0 … strip] is a chain of a[r, k] · b[k, 0 … strip] over ascending k that begins with
/// start[r]. A strip is two registers wide; the low and wide tiles take more strips to keep enough chains in flight.
/// </summary>
internal unsafe struct Tile
{
    /// <summary>First factor of the first row; the next row is <see cref="ARow"/> floats on, the next k <see cref="AStep"/>.</summary>
    public float* A;
    public nint ARow;
    public nint AStep;

    /// <summary>Strips of the second factor; the next k is <see cref="BStep"/> floats on. Only wide tiles read those after the first.</summary>
    public float* B;
    public float* B1;
    public float* B2;
    public float* B3;
    public nint BStep;

    /// <summary>Result; strips stand side by side.</summary>
    public float* C;
    public nint CRow;

    /// <summary>Where the chains begin; stride 0 over one row of zeros, or the result itself.</summary>
    public float* Start;
    public nint StartRow;

    /// <summary>Length of the chains.</summary>
    public int Depth;
}
