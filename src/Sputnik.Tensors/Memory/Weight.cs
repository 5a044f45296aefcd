using System.Runtime.InteropServices;

namespace Sputnik.Tensors;

/// <summary>
/// A named parameter [Out, In] in float32, row-major; a vector is [1, In]. It owns its memory, its gradient once it
/// trains, and copies of itself laid out for the kernels, remade after <see cref="Touch"/>.
/// </summary>
public sealed unsafe class Weight : IDisposable
{
    private readonly PackedPanels _byOutput = new(byOutput: true);
    private readonly PackedPanels _byInput = new(byOutput: false);
    private float* _data;
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

    /// <summary>Name in the model file, for example model.layers.3.self_attn.q_proj.weight.</summary>
    public string Name { get; }

    /// <summary>Rows: features it produces.</summary>
    public int Out { get; }

    /// <summary>Columns: features it takes.</summary>
    public int In { get; }

    /// <summary>Out · In.</summary>
    public long Count => (long)Out * In;

    /// <summary>Values, row after row. Call <see cref="Touch"/> after writing.</summary>
    public Span<float> Values => new(_data, checked((int)Count));

    /// <summary>Whether backward passes gather a gradient here. Set by <see cref="Train"/>.</summary>
    public bool Trainable => _grad != null;

    /// <summary>The gathered gradient, same layout as <see cref="Values"/>; empty where not trainable.</summary>
    public Span<float> Grad => _grad == null ? default : new(_grad, checked((int)Count));

    /// <summary>Counts the changes of the values: layouts, caches and prefix pages made from an older stamp never match.</summary>
    public long Version { get; private set; } = 1;

    internal float* Data => _data;

    internal float* GradData => _grad;

    /// <summary>The values in panels of 32 outputs, the sum running over inputs: for y = x Wᵀ.</summary>
    internal float* PanelsByOutput(Workers workers) => _byOutput.Of(this, workers);

    /// <summary>The values in panels of 32 inputs, the sum running over outputs: for dx = dy W.</summary>
    internal float* PanelsByInput(Workers workers) => _byInput.Of(this, workers);

    /// <summary>Gives the weight a gradient of zeros.</summary>
    public void Train()
    {
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
        NativeMemory.AlignedFree(_data);
        _data = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the native memory of a weight nobody disposed.</summary>
    ~Weight()
    {
        NativeMemory.AlignedFree(_grad);
        NativeMemory.AlignedFree(_data);
    }

    private static float* AllocateZeroed(long count)
    {
        nuint bytes = checked((nuint)count * sizeof(float));
        float* data = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(data, bytes);
        return data;
    }
}
