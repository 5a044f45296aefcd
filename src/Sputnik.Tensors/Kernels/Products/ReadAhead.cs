using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>
/// Asks for the next block of k of two plain factors while tiles compute the present one: its steps are runs of a few lines
/// far apart, which the hardware does not foresee. A hint; it changes no value.
/// </summary>
internal unsafe struct ReadAhead
{
    private const int LineFloats = 16;
    private readonly PanelProduct _next;
    private readonly int _stepsPerTile;
    private int _step;

    /// <summary>Spreads the steps of <paramref name="next"/> over the tiles of the present block.</summary>
    public ReadAhead(in PanelProduct next, int tiles)
    {
        _next = next;
        _stepsPerTile = (next.Depth + tiles - 1) / tiles;
    }

    /// <summary>The share of one tile.</summary>
    public void Tile()
    {
        int end = Math.Min(_step + _stepsPerTile, _next.Depth);
        for (; _step < end; _step++)
        {
            Line(_next.A + (_step * _next.AStep), _next.Rows);
            Line(_next.B + (_step * _next.BStep), _next.Cols);
        }
    }

    /// <summary>Asks for the result's rows of the next tile while the present one is computed: a chain that goes on starts from them.</summary>
    public static void Result(float* c, nint row, int rows)
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < rows; i++, c += row)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + LineFloats);
            }
        }
    }

    private static void Line(float* from, int floats)
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < floats; i += LineFloats)
            {
                Sse.Prefetch1(from + i);
            }
        }
    }
}
