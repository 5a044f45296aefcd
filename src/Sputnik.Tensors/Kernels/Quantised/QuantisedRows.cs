namespace Sputnik.Tensors;

/// <summary>
/// Rows in 8 bits: x ≈ d · q for each 32 neighbours, q in −127 … 127. With the sum of q over each 16, which products need
/// where levels have an offset or a minimum.
/// </summary>
internal readonly unsafe struct QuantisedRows(sbyte* codes, float* scales, int* sums, int cols)
{
    /// <summary>Values that share a scale.</summary>
    public const int BlockValues = 32;

    /// <summary>Values that share a sum.</summary>
    public const int SumValues = 16;

    /// <summary>Columns.</summary>
    public int Cols => cols;

    /// <summary>q of a row. [cols]</summary>
    public sbyte* Codes(long row) => codes + (row * cols);

    /// <summary>d of a row. [cols / 32]</summary>
    public float* Scales(long row) => scales + (row * (cols / BlockValues));

    /// <summary>Sums of a row. [cols / 16]</summary>
    public int* Sums(long row) => sums + (row * (cols / SumValues));

    /// <summary>Bytes that rows take, each array on its own cache lines.</summary>
    public static long Bytes(long rows, int cols) =>
        Line(rows * cols) + Line(rows * (cols / BlockValues) * sizeof(float)) + Line(rows * (cols / SumValues) * sizeof(int));

    /// <summary>Rows laid over memory of <see cref="Bytes"/>.</summary>
    public static QuantisedRows Over(byte* memory, long rows, int cols)
    {
        byte* scales = memory + Line(rows * cols);
        byte* sums = scales + Line(rows * (cols / BlockValues) * sizeof(float));
        return new((sbyte*)memory, (float*)scales, (int*)sums, cols);
    }

    private static long Line(long bytes) => (bytes + 63) & ~63L;
}
