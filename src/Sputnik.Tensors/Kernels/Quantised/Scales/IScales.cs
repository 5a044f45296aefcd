namespace Sputnik.Tensors;

/// <summary>
/// What scales a coded format has. In a panel, a block's scales stand before its codes: D of 16 rows, M of 16 rows, then for
/// every 32 values s of 16 rows for each part and m likewise.
/// </summary>
internal interface IScales
{
    /// <summary>Runs of 32 values that share D: 1, or 8.</summary>
    static abstract int Runs { get; }

    /// <summary>Integer scales s in a run: none, 1, or 2.</summary>
    static abstract int Parts { get; }

    /// <summary>Whether values have M, and with parts m.</summary>
    static abstract bool HasMin { get; }

    /// <summary>D is bfloat16 rather than binary16.</summary>
    static abstract bool Brain { get; }
}
