namespace Sputnik.Tensors;

/// <summary>
/// y = x Wᵀ with coded weights: rows are made 8 bits once (<see cref="QuantiseKernel"/>), then every output is the chain of
/// <see cref="QuantDefinition"/>. Threads take panels of 16 outputs, so nothing but the row itself has a say in its value.
/// </summary>
internal static unsafe class QuantMatMul
{
    // Parts whose places are kept on the stack: a mixture's experts come in groups of as many.
    private const int MaxParts = 64;

    /// <summary>Every part's product; weights are coded, outputs do not overlap.</summary>
    public static void ForwardGroup(Workers workers, ReadOnlySpan<MatMulPart> parts)
    {
        for (; parts.Length > MaxParts; parts = parts[MaxParts..])
        {
            Few(workers, parts[..MaxParts]);
        }

        Few(workers, parts);
    }

    private static void Few(Workers workers, ReadOnlySpan<MatMulPart> parts)
    {
        QuantTask* tasks = stackalloc QuantTask[MaxParts];
        long bytes = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            bytes += Shared(parts, i) ? 0 : QuantisedRows.Bytes(Tiled(parts[i].Rows), parts[i].Weight.In);
        }

        byte* memory = workers.Scratch(bytes);
        int count = 0, first = 0;
        QuantisedRows rows = default;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Rows == 0)
            {
                continue;
            }

            if (!Shared(parts, i))
            {
                rows = QuantisedRows.Over(memory, Tiled(parts[i].Rows), parts[i].Weight.In);
                memory += QuantisedRows.Bytes(Tiled(parts[i].Rows), parts[i].Weight.In);
                workers.Share(new QuantiseJob(parts[i].Input, rows), parts[i].Rows, rows.Cols);
            }

            tasks[count] = new(parts[i], rows, workers, first);
            first = tasks[count++].End;
        }

        QuantJob job = new(tasks, count);
        workers.Run(ref job, first);
    }

    // Projections of one input follow each other: gate and up, or query, key and value.
    private static bool Shared(ReadOnlySpan<MatMulPart> parts, int i) =>
        i > 0 && parts[i].Input == parts[i - 1].Input && parts[i].Rows == parts[i - 1].Rows && parts[i].Weight.In == parts[i - 1].Weight.In;

    // Tiles are computed whole: there is room for four rows where the last has fewer.
    private static int Tiled(int rows) => (rows + 3) & ~3;

    private readonly struct QuantiseJob(float* x, QuantisedRows to) : IRangeJob
    {
        public void Run(int start, int end) => QuantiseKernel.Rows(x, start, end, to);
    }
}
