namespace Sputnik.Tensors;

/// <summary>Cosines and sines of every position, computed in double once so that all systems agree.</summary>
public sealed unsafe class RopeTable
{
    private readonly float[] _values;
    private readonly int _stride;

    /// <summary>Angles position · theta^(−2i / dim), i = 0 … dim / 2 − 1.</summary>
    public RopeTable(int dim, float theta, int maxLength, bool interleaved)
        : this(Angles(dim, theta), maxLength, interleaved)
    {
    }

    /// <summary>
    /// Angles position · frequencies[i] and a factor on every cosine and sine: what context extensions such as YaRN
    /// (arXiv 2309.00071) change.
    /// </summary>
    public RopeTable(ReadOnlySpan<float> frequencies, int maxLength, bool interleaved, float magnitude = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frequencies.Length, nameof(frequencies));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        Dim = 2 * frequencies.Length;
        MaxLength = maxLength;
        Interleaved = interleaved;

        // Interleaved rows hold every value twice, so that a lane finds its own: [cos c₀ c₀ c₁ c₁ … | sin −s₀ s₀ −s₁ s₁ …].
        int width = interleaved ? Dim : Dim / 2;
        _stride = 2 * width;
        _values = GC.AllocateArray<float>(checked(maxLength * _stride), pinned: true);
        for (int position = 0; position < maxLength; position++)
        {
            Span<float> cosines = _values.AsSpan(position * _stride, width);
            Span<float> sines = _values.AsSpan((position * _stride) + width, width);
            for (int i = 0; i < frequencies.Length; i++)
            {
                (double sin, double cos) = Rotation.SinCos(position * (double)frequencies[i]);
                Fill(cosines, sines, i, (float)(cos * magnitude), (float)(sin * magnitude));
            }
        }
    }

    /// <summary>Columns rotated.</summary>
    public int Dim { get; }

    /// <summary>Positions it covers.</summary>
    public int MaxLength { get; }

    /// <summary>Pairs are (2i, 2i + 1), as DeepSeek publishes its weights; otherwise (i, i + dim / 2), as Qwen and Llama do.</summary>
    public bool Interleaved { get; }

    /// <summary>Cosines then sines of position 0, others <see cref="Stride"/> apart.</summary>
    internal float* Data =>
        (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_values));

    /// <summary>Floats of a position: as many cosines as sines.</summary>
    internal int Stride => _stride;

    private void Fill(Span<float> cosines, Span<float> sines, int i, float cos, float sin)
    {
        if (Interleaved)
        {
            cosines[2 * i] = cosines[(2 * i) + 1] = cos;
            sines[2 * i] = -sin;
            sines[(2 * i) + 1] = sin;
        }
        else
        {
            cosines[i] = cos;
            sines[i] = sin;
        }
    }

    /// <summary>theta^(−2i / dim), rounded to float as published implementations do; that also drops the digit in which C libraries differ. [dim / 2]</summary>
    public static float[] Angles(int dim, float theta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dim);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dim % 2, 0, nameof(dim));
        float[] frequencies = new float[dim / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            frequencies[i] = (float)Math.Pow(theta, -2.0 * i / dim);
        }

        return frequencies;
    }
}
