using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>
/// A frozen weight laid out for products: panels of 16 outputs, block after block of the summed index, each block its scales
/// (<see cref="IScales"/>) and then its codes (<see cref="ICodes{TSelf}"/>). The last panel is filled with zeros.
/// </summary>
internal sealed unsafe class QuantPanels : IDisposable
{
    /// <summary>Outputs of a panel: the lanes of a vector.</summary>
    public const int Rows = 16;

    private byte* _data;

    private QuantPanels(QuantKernel kernel, int @out, int @in)
    {
        Kernel = kernel;
        Count = (@out + Rows - 1) / Rows;
        PanelBytes = (long)(@in / kernel.BlockValues) * kernel.BlockBytes;
        _data = (byte*)LargeMemory.Allocate(checked(Count * PanelBytes / sizeof(float)));
    }

    /// <summary>What multiplies by them.</summary>
    public QuantKernel Kernel { get; }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>Bytes of a panel.</summary>
    public long PanelBytes { get; }

    /// <summary>A panel.</summary>
    public byte* Panel(int index) => _data + (index * PanelBytes);

    /// <summary>Lays a weight out.</summary>
    public static QuantPanels Pack(Weight weight, Workers workers)
    {
        QuantPanels panels = new(QuantKernel.Of(weight.Format), weight.Out, weight.In);
        PackPanelsJob job = new(weight.Stored, weight.Format.RowBytes(weight.In), weight.Out, panels._data, panels.PanelBytes, panels.Kernel.Pack);
        StoredSlices.Run(workers, ref job, weight, panels.Count, Rows);
        return panels;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of panels nobody disposed.</summary>
    ~QuantPanels() => NativeMemory.AlignedFree(_data);

    private readonly struct PackPanelsJob(
        byte* stored, long rowBytes, int rows, byte* panels, long panelBytes, delegate*<byte*, long, int, byte*, long, void> pack) : IRangeJob
    {
        private const int LineBytes = 64;

        public void Run(int start, int end)
        {
            for (int panel = start; panel < end; panel++)
            {
                int first = panel * Rows;
                Fetch(stored + ((first + Rows) * rowBytes), Math.Clamp(rows - first - Rows, 0, Rows) * rowBytes);
                pack(stored + (first * rowBytes), rowBytes, Math.Min(Rows, rows - first), panels + (panel * panelBytes), panelBytes);
            }
        }

        // Sixteen rows are read side by side, a few bytes of each: too many streams for the processor to see ahead by itself.
        private static void Fetch(byte* from, long bytes)
        {
            for (long at = 0; Sse.IsSupported && at < bytes; at += LineBytes)
            {
                Sse.Prefetch1(from + at);
            }
        }
    }
}
