namespace Sputnik.Tensors;

/// <summary>Rows that attention handles as one: consecutive positions of one sequence inside one group of 16 lanes.</summary>
internal readonly record struct AttentionBlock(int Row, int Rows)
{
    /// <summary>
    /// Cuts a batch into blocks. Returns their number; <paramref name="alone"/> says that no sequence has two, so that a
    /// block's rows need no keys another block of this batch writes.
    /// </summary>
    public static unsafe int Cut(Batch batch, AttentionBlock* blocks, out bool alone)
    {
        int count = 0;
        alone = true;
        ReadOnlySpan<int> sequences = batch.Sequences;
        ReadOnlySpan<int> positions = batch.Positions;
        for (int r = 0; r < batch.Rows; r++)
        {
            bool same = r > 0 && sequences[r] == sequences[r - 1];
            if (same && positions[r] == positions[r - 1] + 1 && positions[r] % 16 != 0)
            {
                blocks[count - 1] = new(blocks[count - 1].Row, blocks[count - 1].Rows + 1);
                continue;
            }

            alone &= !same;
            blocks[count++] = new(r, 1);
        }

        return count;
    }
}
