using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// A copy of a weight in panels of 32 columns of the result, step by step along the summed index, the last panel filled
/// with zeros: what a tile reads stands in the order it reads it. [panels, depth, 32]. Made again when the weight's
/// version has moved on.
/// </summary>
/// <param name="byOutput">Columns are outputs and the sum runs over inputs (y = x Wᵀ); otherwise the other way round (dx = dy W).</param>
internal sealed unsafe class PackedPanels(bool byOutput) : IDisposable
{
    private readonly Lock _packing = new();
    private float* _data;
    private long _version;

    /// <summary>The panels of the weight as it is now.</summary>
    public float* Of(Weight weight, Workers workers)
    {
        if (Volatile.Read(ref _version) == weight.Version)
        {
            return _data;
        }

        // Two engines may share a weight; the first to need it packs.
        lock (_packing)
        {
            if (_version != weight.Version)
            {
                Pack(weight, workers);
                Volatile.Write(ref _version, weight.Version);
            }

            return _data;
        }
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        _version = 0;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of panels nobody disposed.</summary>
    ~PackedPanels() => NativeMemory.AlignedFree(_data);

    private void Pack(Weight weight, Workers workers)
    {
        (int columns, int depth) = byOutput ? (weight.Out, weight.In) : (weight.In, weight.Out);
        int panels = (columns + PanelProduct.Columns - 1) / PanelProduct.Columns;
        if (_data == null)
        {
            _data = (float*)NativeMemory.AlignedAlloc(checked((nuint)panels * (nuint)depth * PanelProduct.Columns * sizeof(float)), 64);
        }

        PackJob job = new(weight.Data, weight.Out, weight.In, byOutput, _data);
        workers.Ranges(ref job, panels, Math.Max(1, PackJob.GrainFloats / (depth * PanelProduct.Columns)));
    }
}
