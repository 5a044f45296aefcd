namespace Sputnik.Tensors;

/// <summary>
/// The two factors of an <see cref="OuterProduct"/>: scalars a[r · ARow + k · AStep] to broadcast and vectors of 16 lanes
/// b[k · BStep + v · BVector], so that plain, transposed and paged matrices are the same to the kernel.
/// </summary>
internal readonly unsafe struct OuterFactors(float* a, nint aRow, nint aStep, float* b, nint bStep, nint bVector)
{
    public readonly float* A = a;
    public readonly nint ARow = aRow;
    public readonly nint AStep = aStep;
    public readonly float* B = b;
    public readonly nint BStep = bStep;
    public readonly nint BVector = bVector;

    /// <summary>The same factors from row <paramref name="row"/> and vector <paramref name="vector"/> on.</summary>
    public OuterFactors At(nint row, nint vector) => new(A + (row * ARow), ARow, AStep, B + (vector * BVector), BStep, BVector);

    /// <summary>The same factors from k = <paramref name="k"/> on.</summary>
    public OuterFactors From(nint k) => new(A + (k * AStep), ARow, AStep, B + (k * BStep), BStep, BVector);
}
