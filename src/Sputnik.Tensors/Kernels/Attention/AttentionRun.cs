namespace Sputnik.Tensors;

/// <summary>Rows of one sequence, its positions 0 … Rows − 1: what a gradient of its keys needs together.</summary>
internal readonly record struct AttentionRun(int Row, int Rows)
{
    /// <summary>Finds the runs of a batch and returns their number.</summary>
    /// <exception cref="ArgumentException">A sequence does not stand in the batch from position 0, row after row.</exception>
    public static unsafe int Find(Batch batch, AttentionRun* runs)
    {
        int count = 0;
        for (int r = 0; r < batch.Rows; r++)
        {
            bool same = r > 0 && batch.Sequences[r] == batch.Sequences[r - 1];
            int expected = same ? batch.Positions[r - 1] + 1 : 0;
            if (batch.Positions[r] != expected)
            {
                throw new ArgumentException(
                    $"On a tape every sequence stands in the batch from position 0: row {r} of sequence {batch.Sequences[r]} has position {batch.Positions[r]}, not {expected}.",
                    nameof(batch));
            }

            runs[same ? count - 1 : count] = same ? new(runs[count - 1].Row, runs[count - 1].Rows + 1) : new(r, 1);
            count += same ? 0 : 1;
        }

        return count;
    }
}
