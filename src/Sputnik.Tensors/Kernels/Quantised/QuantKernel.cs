using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>What multiplies by a coded format on this processor: the code specialised for its codes and scales.</summary>
internal sealed unsafe class QuantKernel
{
    private static readonly QuantKernel?[] Known = new QuantKernel?[(int)WeightFormat.MXFP4 + 1];

    // Pinned: jobs on other threads read it through a pointer.
    private byte[] _levels = [];

    private QuantKernel()
    {
    }

    /// <summary>Columns of a block.</summary>
    public int BlockValues { get; private set; }

    /// <summary>Bytes of a block of 16 rows in a panel.</summary>
    public int BlockBytes { get; private set; }

    /// <summary>What is taken off every level.</summary>
    public int Offset { get; private set; }

    /// <summary>The level of each code, where codes are places in a table.</summary>
    public byte* Levels => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_levels));

    /// <summary>How many levels there are; 0 where a code is its own level.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>Computes a part of one row.</summary>
    public delegate*<in PanelPart, void> OneRow { get; private set; }

    /// <summary>Computes a part of several rows.</summary>
    public delegate*<in PanelPart, void> ManyRows { get; private set; }

    /// <summary>From stored rows to a panel: rows, bytes of a row, how many rows, the panel, its bytes.</summary>
    public delegate*<byte*, long, int, byte*, long, void> Pack { get; private set; }

    /// <summary>The kernel of a format.</summary>
    public static QuantKernel Of(WeightFormat format)
    {
        // Made twice by two threads at worst; either is right.
        QuantKernel? known = Volatile.Read(ref Known[(int)format]);
        if (known is null)
        {
            known = new();
            Filling filling = new(known);
            CodedFormats.Apply(format, ref filling);
            Volatile.Write(ref Known[(int)format], known);
        }

        return known;
    }

    private void Fill<TFormat, TCodes, TScales>()
        where TFormat : unmanaged, ICodedFormat<TFormat>
        where TCodes : unmanaged, ICodes<TCodes>
        where TScales : struct, IScales
    {
        BlockValues = TFormat.BlockValues;
        BlockBytes = ScalePlaces<TScales>.Bytes + (TScales.Runs * TCodes.Bytes);
        Offset = TFormat.Offset;
        _levels = GC.AllocateArray<byte>(TFormat.Levels.Length, pinned: true);
        TFormat.Levels.CopyTo(_levels);
        Pack = &PanelPacking<TFormat, TCodes, TScales>.Run;
        if (AvxVnni.IsSupported)
        {
            Use<TCodes, TScales, VnniDot>();
        }
        else if (Avx2.IsSupported)
        {
            Use<TCodes, TScales, Avx2Dot>();
        }
        else
        {
            Use<TCodes, TScales, PlainDot>();
        }
    }

    private void Use<TCodes, TScales, TDot>()
        where TCodes : unmanaged, ICodes<TCodes>
        where TScales : struct, IScales
        where TDot : struct, IByteDot
    {
        OneRow = &OneRow<TCodes, TScales, TDot>.Run;
        ManyRows = &ManyRows<TCodes, TScales, TDot>.Run;
    }

    private readonly struct Filling(QuantKernel kernel) : ICodedUse
    {
        public void With<TFormat, TCodes, TScales>()
            where TFormat : unmanaged, ICodedFormat<TFormat>
            where TCodes : unmanaged, ICodes<TCodes>
            where TScales : struct, IScales => kernel.Fill<TFormat, TCodes, TScales>();
    }
}
