namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Writes the rows' keys and values to the cache, then lets every row attend to its own position and those before it in
    /// its sequence, to <paramref name="window"/> in all where there is one: softmax(scale · q·k) v, partial per page and
    /// merged in page order. Keys and values are read as the cache rounds them. Source of the window: Mistral 7B (arXiv 2310.06825) §2. On a tape every sequence stands in the batch from
    /// position 0, so that the gradient of all keys is at hand.
    /// [rows, heads · KeyCols], [rows, kvHeads · KeyCols], [rows, kvHeads · ValueCols] → [rows, heads · ValueCols]
    /// </summary>
    public unsafe Tensor Attention(Tensor q, Tensor k, Tensor v, Batch batch, KvCache cache, int layer, int heads, float scale, int? window = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(window ?? 1, nameof(window));
        AttentionShape shape = new(heads, cache.Shape.Heads, cache.Shape.KeyCols, cache.Shape.ValueCols, scale, window ?? int.MaxValue);
        CheckAttention(q, k, v, batch, cache, layer, shape);
        CheckTape(cache);
        Tensor y = New(batch.Rows, heads * shape.ValueCols);
        AttentionInput input = new()
        {
            Q = q.Data,
            K = k.Data,
            V = v.Data,
            Y = y.Data,
            Stats = tape is null ? null : arena.Floats(2L * batch.Rows * heads),
            Cache = cache.View(layer),
            Sequences = batch.SequenceData,
            Positions = batch.PositionData,
            Shape = shape,
        };

        ArenaMark mark = arena.Mark();
        AttentionBlock* blocks = (AttentionBlock*)arena.Floats((long)batch.Rows * sizeof(AttentionBlock) / sizeof(float));
        int count = AttentionBlock.Cut(batch, blocks, out bool alone);
        int headsEach = AttentionJob.HeadsFor(count, shape.KvHeads, workers.Threads);
        int tasks = count * (shape.KvHeads / headsEach);
        if (!alone)
        {
            AttentionJob write = new(input, blocks, headsEach, write: true, attend: false);
            workers.Run(ref write, tasks);
        }

        AttentionJob attend = new(input, blocks, headsEach, write: alone, attend: true);
        workers.Run(ref attend, tasks);
        arena.Release(mark);
        if (tape is not null)
        {
            RecordAttention(tape, q, k, v, y, input, batch);
        }

        return y;
    }

    private unsafe void RecordAttention(Tape tape, Tensor q, Tensor k, Tensor v, Tensor y, AttentionInput forward, Batch batch)
    {
        // Kept now: the caller refills the batch before the tape runs back.
        AttentionRun* runs = (AttentionRun*)arena.Floats((long)batch.Rows * sizeof(AttentionRun) / sizeof(float));
        int count = AttentionRun.Find(batch, runs);
        tape.Record(() =>
        {
            if (!tape.HasGrad(y))
            {
                return;
            }

            AttentionGradientInput input = new()
            {
                Forward = forward,
                Dy = tape.Grad(y).Data,
                Dq = tape.Grad(q).Data,
                Dk = tape.Grad(k).Data,
                Dv = tape.Grad(v).Data,
            };
            AttentionGradientJob.RunAll(arena, workers, input, runs, count);
        });
    }

    private void CheckTape(KvCache cache)
    {
        if (tape is not null && cache.Type != KvType.F32)
        {
            throw new NotSupportedException($"On a tape keys and values stay as they were computed: the cache must be {KvType.F32}, got {cache.Type}.");
        }
    }

    private static void CheckAttention(Tensor q, Tensor k, Tensor v, Batch batch, KvCache cache, int layer, AttentionShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)cache.Shape.Layers, nameof(layer));
        if (shape.Heads < 1 || shape.Heads % shape.KvHeads != 0)
        {
            throw new ArgumentException($"Heads must be a multiple of the cache's {shape.KvHeads}, got {shape.Heads}.", nameof(q));
        }

        CheckAttention("Queries", q, batch.Rows, shape.Heads * shape.KeyCols);
        CheckAttention("Keys", k, batch.Rows, shape.KvHeads * shape.KeyCols);
        CheckAttention("Values", v, batch.Rows, shape.KvHeads * shape.ValueCols);
        for (int r = 0; r < batch.Rows; r++)
        {
            cache.CheckWrite(batch.Sequences[r], batch.Positions[r]);
        }
    }

    private static void CheckAttention(string name, Tensor tensor, int rows, int cols)
    {
        if (tensor.Rows != rows || tensor.Cols != cols)
        {
            throw new ArgumentException($"{name} are [{rows}, {cols}] for this batch and cache, got [{tensor.Rows}, {tensor.Cols}].");
        }
    }
}
