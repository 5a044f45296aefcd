using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// A named parameter [Out, In], row-major; a vector is [1, In]. In float32 it owns its values, its gradient once it trains,
/// and copies laid out for the kernels, remade after <see cref="Touch"/>. In any other format it is frozen: it keeps the
/// stored bytes and what the kernels need of them; gradients pass through it, not into it.
/// </summary>
public sealed unsafe class Weight : IDisposable
{
    private readonly PackedPanels _byOutput = new(byOutput: true);
    private readonly PackedPanels _byInput = new(byOutput: false);
    private readonly Lock _decoding = new();
    private readonly StoredBytes _stored;
    private readonly StoredBytes? _scales;
    private QuantPanels? _panels;
    private NarrowPanels? _narrow;
    private readonly bool _frozen;
    private volatile float* _data;
    private float* _grad;

    /// <summary>A weight of zeros.</summary>
    public Weight(string name, int @out, int @in)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(@out);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(@in);
        Name = name;
        Out = @out;
        In = @in;
        _data = AllocateZeroed(Count);
    }

    private Weight(string name, int @out, int @in, WeightFormat format, StoredBytes stored, StoredBytes? scales = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(@out);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(@in);
        long expected = checked(@out * format.RowBytes(@in));
        if (stored.Length != expected)
        {
            throw new ArgumentException($"'{name}' [{@out}, {@in}] is {expected} bytes in {format.Name()}, got {stored.Length}.", nameof(stored));
        }

        (Name, Out, In, Format, _stored, _scales, _frozen) = (name, @out, @in, format, stored, scales, true);
    }

    /// <summary>Rows and columns of a weight of E4M3 that share a scale: DeepSeek-V3 §3.3.</summary>
    public const int ScaledSide = 128;

    /// <summary>A frozen weight of any format, over bytes that stay where they are.</summary>
    public static Weight Frozen(string name, int @out, int @in, WeightFormat format, StoredBytes stored) =>
        new(name, @out, @in, format, stored);

    /// <summary>A frozen weight of E4M3, each value times the float32 scale of its 128 × 128, rounded once. scales: [⌈Out / 128⌉, ⌈In / 128⌉]</summary>
    public static Weight Scaled(string name, int @out, int @in, StoredBytes stored, StoredBytes scales)
    {
        long expected = (long)Blocks(@out) * Blocks(@in) * sizeof(float);
        return scales.Length == expected
            ? new(name, @out, @in, WeightFormat.F8E4M3, stored, scales)
            : throw new ArgumentException($"'{name}' [{@out}, {@in}] has {expected} bytes of scales, got {scales.Length}.", nameof(scales));
    }

    /// <summary>Name in the model file, for example model.layers.3.self_attn.q_proj.weight.</summary>
    public string Name { get; }

    /// <summary>Rows: features it produces.</summary>
    public int Out { get; }

    /// <summary>Columns: features it takes.</summary>
    public int In { get; }

    /// <summary>How it is stored.</summary>
    public WeightFormat Format { get; } = WeightFormat.F32;

    /// <summary>Out · In.</summary>
    public long Count => (long)Out * In;

    /// <summary>Values, row after row: of a float32 weight those it owns, to be written and then <see cref="Touch"/>ed; of a frozen one a copy, decoded once.</summary>
    public Span<float> Values => new(Data, checked((int)Count));

    /// <summary>Whether backward passes gather a gradient here. Set by <see cref="Train"/>.</summary>
    public bool Trainable => _grad != null;

    /// <summary>The gathered gradient, same layout as <see cref="Values"/>; empty where not trainable.</summary>
    public Span<float> Grad => _grad == null ? default : new(_grad, checked((int)Count));

    /// <summary>Counts the changes of the values: layouts, caches and prefix pages made from an older stamp never match.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>The values in float32; a frozen weight decodes itself when first asked and keeps them.</summary>
    internal float* Data => _data != null ? _data : Decoded();

    /// <summary>The stored blocks, row after row; of a frozen weight only.</summary>
    internal byte* Stored => _stored.Data;

    /// <summary>Says that some stored rows are not needed soon.</summary>
    internal void Forget(int row, int rows)
    {
        long rowBytes = Format.RowBytes(In);
        _stored.Slice(row * rowBytes, rows * rowBytes).Forget();
    }

    /// <summary>Whether rows can be decoded by themselves, from <see cref="Stored"/>.</summary>
    internal bool HasStoredRows => _stored.Data != null && _scales is null;

    /// <summary>Whether it is stored in 8 or 16 bits a value, which products widen as they read: <see cref="NarrowFactor"/>.</summary>
    internal bool IsNarrow => _frozen && Format is WeightFormat.F16 or WeightFormat.BF16 or WeightFormat.F8E4M3;

    internal float* GradData => _grad;

    /// <summary>The values in panels of 32 outputs, the sum running over inputs: for y = x Wᵀ.</summary>
    internal float* PanelsByOutput(Workers workers) => _byOutput.Of(this, workers);

    /// <summary>The values in panels of 32 inputs, the sum running over outputs: for dx = dy W.</summary>
    internal float* PanelsByInput(Workers workers) => _byInput.Of(this, workers);

    /// <summary>The codes and scales of a coded weight in panels of 16 outputs, laid out when first asked for.</summary>
    internal QuantPanels Panels(Workers workers) => Volatile.Read(ref _panels) ?? LaidOut(ref _panels, workers, QuantPanels.Pack);

    /// <summary>The values of a narrow weight in panels of 32 outputs, laid out when first asked for.</summary>
    internal NarrowFactor NarrowFactor(Workers workers)
    {
        NarrowPanels panels = Volatile.Read(ref _narrow) ?? LaidOut(ref _narrow, workers, NarrowPanels.Pack);
        return new(panels.Data, Format, _scales is { } scales ? (float*)scales.Data : null, In);
    }

    /// <summary>Copies rows out from <paramref name="row"/> on; those of a frozen weight are decoded and not kept. → [n, In]</summary>
    public void ReadRows(int row, Span<float> to)
    {
        if (to.Length % In != 0 || row < 0 || row + (to.Length / In) > Out)
        {
            throw new ArgumentException($"'{Name}' has {Out} rows of {In} values; {to.Length} values from row {row} on are not whole rows of it.", nameof(to));
        }

        for (; !to.IsEmpty; to = to[In..])
        {
            if (_frozen)
            {
                DecodeRow(row++, to[..In]);
            }
            else
            {
                new ReadOnlySpan<float>(_data + ((long)row++ * In), In).CopyTo(to);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Lays the blocks of a coded weight out for products, as the first product would.</summary>
    public void LayOut(Workers workers)
    {
        if (Format.IsCoded())
        {
            _ = Panels(workers);
        }
    }

    /// <summary>Gives the weight a gradient of zeros.</summary>
    public void Train()
    {
        if (_frozen)
        {
            throw new NotSupportedException($"'{Name}' is stored in {Format.Name()} and frozen: it cannot train. Load the model in float32.");
        }

        if (_grad == null)
        {
            _grad = AllocateZeroed(Count);
        }
    }

    /// <summary>Takes the gradient away: backward passes go through this weight, not into it.</summary>
    public void Freeze()
    {
        NativeMemory.AlignedFree(_grad);
        _grad = null;
    }

    /// <summary>Says that the values have changed.</summary>
    public void Touch() => Version++;

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Freeze();
        _byOutput.Dispose();
        _byInput.Dispose();
        _panels?.Dispose();
        _narrow?.Dispose();
        FreeData();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of a weight nobody disposed.</summary>
    ~Weight()
    {
        NativeMemory.AlignedFree(_grad);
        FreeData();
    }

    // float32 that is stored needs no decoding: it is read where it lies.
    private void FreeData()
    {
        if (_data != _stored.Data)
        {
            NativeMemory.AlignedFree(_data);
        }

        _data = null;
    }

    // Two engines may share a weight; the first to need it packs. 
    private TPanels LaidOut<TPanels>(ref TPanels? panels, Workers workers, Func<Weight, Workers, TPanels> pack)
        where TPanels : class
    {
        lock (_decoding)
        {
            if (panels is null)
            {
                Volatile.Write(ref panels, pack(this, workers));
            }

            return panels;
        }
    }

    private float* Decoded()
    {
        // Two engines may share a weight; the first to need it decodes.
        lock (_decoding)
        {
            if (_data == null)
            {
                _data = Format == WeightFormat.F32 ? (float*)_stored.Data : DecodedCopy();
            }

            return _data;
        }
    }

    private float* DecodedCopy()
    {
        float* values = AllocateZeroed(Count);
        for (int row = 0; row < Out; row++)
        {
            DecodeRow(row, new(values + ((long)row * In), In));
        }

        return values;
    }

    private void DecodeRow(int row, Span<float> to)
    {
        int rowBytes = checked((int)Format.RowBytes(In));
        WeightFormats.Decode(Format, new(_stored.Data + ((long)row * rowBytes), rowBytes), to);
        if (_scales is { } scales)
        {
            Scale(to, (float*)scales.Data + (row / ScaledSide * Blocks(In)));
        }
    }

    private static void Scale(Span<float> row, float* scales)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] *= scales[i / ScaledSide];
        }
    }

    private static int Blocks(int size) => (size + ScaledSide - 1) / ScaledSide;

    private static float* AllocateZeroed(long count)
    {
        nuint bytes = checked((nuint)count * sizeof(float));
        float* data = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(data, bytes);
        return data;
    }
}
