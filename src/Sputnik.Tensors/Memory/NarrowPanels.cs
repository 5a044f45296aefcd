using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// A frozen weight of 8 or 16 bits a value in panels of 32 outputs, step by step along the inputs, the last panel filled with
/// zeros. [panels, In, 32]. What a product reads of it is widened when it is read, so it takes no more memory than its file.
/// </summary>
internal sealed unsafe class NarrowPanels : IDisposable
{
    private byte* _data;

    private NarrowPanels(byte* data) => _data = data;

    /// <summary>The panels.</summary>
    public byte* Data => _data;

    /// <summary>Lays a weight out.</summary>
    public static NarrowPanels Pack(Weight weight, Workers workers)
    {
        int panels = (weight.Out + PanelProduct.Columns - 1) / PanelProduct.Columns;
        int bytes = weight.Format.BlockBytes();
        long panelBytes = (long)weight.In * PanelProduct.Columns * bytes;
        NarrowPanels packed = new((byte*)LargeMemory.Allocate((panels * panelBytes / sizeof(float)) + 1));
        if (bytes == sizeof(ushort))
        {
            PackNarrowJob<ushort> job = new((ushort*)weight.Stored, weight.Out, weight.In, (ushort*)packed._data);
            StoredSlices.Run(workers, ref job, weight, panels, PanelProduct.Columns);
        }
        else
        {
            PackNarrowJob<byte> job = new(weight.Stored, weight.Out, weight.In, packed._data);
            StoredSlices.Run(workers, ref job, weight, panels, PanelProduct.Columns);
        }

        return packed;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of panels nobody disposed.</summary>
    ~NarrowPanels() => NativeMemory.AlignedFree(_data);

    private readonly struct PackNarrowJob<TValue>(TValue* rows, int count, int cols, TValue* panels) : IRangeJob
        where TValue : unmanaged
    {
        // Steps copied for all outputs of a panel before the next: what is read and written stays in the first-level cache.
        private const int Steps = 32;

        public void Run(int start, int end)
        {
            for (int panel = start; panel < end; panel++)
            {
                int first = panel * PanelProduct.Columns;
                TValue* to = panels + ((long)first * cols);
                int width = Math.Min(PanelProduct.Columns, count - first);
                for (int k = 0; k < cols; k += Steps)
                {
                    Copy(rows + ((long)first * cols) + k, width, Math.Min(Steps, cols - k), to + ((long)k * PanelProduct.Columns));
                }
            }
        }

        private void Copy(TValue* from, int width, int steps, TValue* to)
        {
            for (int lane = 0; lane < PanelProduct.Columns; lane++)
            {
                for (int k = 0; k < steps; k++)
                {
                    to[(k * PanelProduct.Columns) + lane] = lane < width ? from[((long)lane * cols) + k] : default;
                }
            }
        }
    }
}
