namespace Sputnik.Tensors;

/// <summary>
/// Rows in 8 bits: x ≈ d · q for each 16 neighbours, q in −127 … 127. With the sum of each 16 q, which products need where
/// levels have an offset or a minimum.
/// </summary>
internal readonly unsafe struct QuantisedRows(sbyte* codes, float* scales, int* sums, int cols)
{
    /// <summary>Values that share a scale and a sum.</summary>
    public const int BlockValues = 16;

    /// <summary>Values that are multiplied in one go: two blocks.</summary>
    public const int RunValues = 32;

    /// <summary>Columns.</summary>
    public int Cols => cols;

    /// <summary>q of a row. [cols]</summary>
    public sbyte* Codes(long row) => codes + (row * cols);

    /// <summary>d of a row. [cols / 16]</summary>
    public float* Scales(long row) => scales + (row * (cols / BlockValues));

    /// <summary>Sums of a row. [cols / 16]</summary>
    public int* Sums(long row) => sums + (row * (cols / BlockValues));

    /// <summary>Bytes that rows take, each array on its own cache lines.</summary>
    public static long Bytes(long rows, int cols) => Line(rows * cols) + (2 * Line(rows * (cols / BlockValues) * sizeof(float)));

    /// <summary>Rows laid over memory of <see cref="Bytes"/>.</summary>
    public static QuantisedRows Over(byte* memory, long rows, int cols)
    {
        byte* scales = memory + Line(rows * cols);
        byte* sums = scales + Line(rows * (cols / BlockValues) * sizeof(float));
        return new((sbyte*)memory, (float*)scales, (int*)sums, cols);
    }

    private static long Line(long bytes) => (bytes + 63) & ~63L;
}
