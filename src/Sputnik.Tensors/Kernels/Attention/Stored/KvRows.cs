namespace Sputnik.Tensors;

/// <summary>Rows of one head on their way into a page, <paramref name="step"/> floats apart.</summary>
internal readonly unsafe struct KvRows(float* data, nint step, int count, int cols)
{
    private readonly float* _data = data;

    /// <summary>How many.</summary>
    public int Count { get; } = count;

    /// <summary>Their columns.</summary>
    public int Cols { get; } = cols;

    /// <summary>One of them.</summary>
    public float* this[int row] => _data + (row * step);

    /// <summary>Where column c of the key at position j stands among keys laid out by lanes.</summary>
    public static int Lane(int cols, int j, int c) => (((j / 16 * cols) + c) * 16) + (j % 16);
}
