namespace Sputnik.Tensors;

/// <summary>The parts of one grouped product over experts; filled again and again without allocating.</summary>
internal sealed unsafe class ExpertParts
{
    private MatMulPart[] _parts = [];
    private int _count;

    /// <summary>What was added since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<MatMulPart> All => _parts.AsSpan(0, _count);

    /// <summary>Forgets the parts and makes room for <paramref name="capacity"/>.</summary>
    public void Clear(int capacity)
    {
        _count = 0;
        if (_parts.Length < capacity)
        {
            _parts = new MatMulPart[capacity];
        }
    }

    /// <summary>Adds an expert's places of the gathered matrices.</summary>
    public void Add(Weight weight, Tensor input, Tensor output, int start, int end) =>
        _parts[_count++] = new(input.RowAt(start), end - start, weight, output.RowAt(start));
}
