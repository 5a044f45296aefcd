namespace Sputnik.Tensors;

/// <summary>
/// The tiles, by rows × strips. All accumulators live in registers: 14 × 1 is the tallest for 32 registers, 6 × 1 for 16.
/// Row addresses come from a pointer every five rows plus a scaled stride, so that no pointer is spilled either.
/// </summary>
internal static unsafe class Tiles<T>
    where T : struct, ILanes<T>
{
    public static void Rows14(in Tile tile)
    {
        nint row = tile.ARow, row3 = 3 * row, step = tile.AStep;
        float* a0 = tile.A;
        float* a5 = a0 + (5 * row);
        float* a10 = a0 + (10 * row);
        float* b = tile.B, start = tile.Start, c = tile.C;
        Pair<T> c0 = Pair<T>.Load(start);
        Pair<T> c1 = Pair<T>.Load(start + tile.StartRow);
        Pair<T> c2 = Pair<T>.Load(start + (2 * tile.StartRow));
        Pair<T> c3 = Pair<T>.Load(start + (3 * tile.StartRow));
        Pair<T> c4 = Pair<T>.Load(start + (4 * tile.StartRow));
        Pair<T> c5 = Pair<T>.Load(start + (5 * tile.StartRow));
        Pair<T> c6 = Pair<T>.Load(start + (6 * tile.StartRow));
        Pair<T> c7 = Pair<T>.Load(start + (7 * tile.StartRow));
        Pair<T> c8 = Pair<T>.Load(start + (8 * tile.StartRow));
        Pair<T> c9 = Pair<T>.Load(start + (9 * tile.StartRow));
        Pair<T> c10 = Pair<T>.Load(start + (10 * tile.StartRow));
        Pair<T> c11 = Pair<T>.Load(start + (11 * tile.StartRow));
        Pair<T> c12 = Pair<T>.Load(start + (12 * tile.StartRow));
        Pair<T> c13 = Pair<T>.Load(start + (13 * tile.StartRow));
        for (int k = tile.Depth; k > 0; k--)
        {
            T left = T.Load(b), right = T.Load(b + T.Count);
            c0 = c0.MultiplyAdd(a0, left, right);
            c1 = c1.MultiplyAdd(a0 + row, left, right);
            c2 = c2.MultiplyAdd(a0 + (2 * row), left, right);
            c3 = c3.MultiplyAdd(a0 + row3, left, right);
            c4 = c4.MultiplyAdd(a0 + (4 * row), left, right);
            c5 = c5.MultiplyAdd(a5, left, right);
            c6 = c6.MultiplyAdd(a5 + row, left, right);
            c7 = c7.MultiplyAdd(a5 + (2 * row), left, right);
            c8 = c8.MultiplyAdd(a5 + row3, left, right);
            c9 = c9.MultiplyAdd(a5 + (4 * row), left, right);
            c10 = c10.MultiplyAdd(a10, left, right);
            c11 = c11.MultiplyAdd(a10 + row, left, right);
            c12 = c12.MultiplyAdd(a10 + (2 * row), left, right);
            c13 = c13.MultiplyAdd(a10 + row3, left, right);
            a0 += step;
            a5 += step;
            a10 += step;
            b += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + tile.CRow);
        c2.Store(c + (2 * tile.CRow));
        c3.Store(c + (3 * tile.CRow));
        c4.Store(c + (4 * tile.CRow));
        c5.Store(c + (5 * tile.CRow));
        c6.Store(c + (6 * tile.CRow));
        c7.Store(c + (7 * tile.CRow));
        c8.Store(c + (8 * tile.CRow));
        c9.Store(c + (9 * tile.CRow));
        c10.Store(c + (10 * tile.CRow));
        c11.Store(c + (11 * tile.CRow));
        c12.Store(c + (12 * tile.CRow));
        c13.Store(c + (13 * tile.CRow));
    }

    public static void Rows8(in Tile tile)
    {
        nint row = tile.ARow, row3 = 3 * row, step = tile.AStep;
        float* a0 = tile.A;
        float* a5 = a0 + (5 * row);
        float* b = tile.B, start = tile.Start, c = tile.C;
        Pair<T> c0 = Pair<T>.Load(start);
        Pair<T> c1 = Pair<T>.Load(start + tile.StartRow);
        Pair<T> c2 = Pair<T>.Load(start + (2 * tile.StartRow));
        Pair<T> c3 = Pair<T>.Load(start + (3 * tile.StartRow));
        Pair<T> c4 = Pair<T>.Load(start + (4 * tile.StartRow));
        Pair<T> c5 = Pair<T>.Load(start + (5 * tile.StartRow));
        Pair<T> c6 = Pair<T>.Load(start + (6 * tile.StartRow));
        Pair<T> c7 = Pair<T>.Load(start + (7 * tile.StartRow));
        for (int k = tile.Depth; k > 0; k--)
        {
            T left = T.Load(b), right = T.Load(b + T.Count);
            c0 = c0.MultiplyAdd(a0, left, right);
            c1 = c1.MultiplyAdd(a0 + row, left, right);
            c2 = c2.MultiplyAdd(a0 + (2 * row), left, right);
            c3 = c3.MultiplyAdd(a0 + row3, left, right);
            c4 = c4.MultiplyAdd(a0 + (4 * row), left, right);
            c5 = c5.MultiplyAdd(a5, left, right);
            c6 = c6.MultiplyAdd(a5 + row, left, right);
            c7 = c7.MultiplyAdd(a5 + (2 * row), left, right);
            a0 += step;
            a5 += step;
            b += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + tile.CRow);
        c2.Store(c + (2 * tile.CRow));
        c3.Store(c + (3 * tile.CRow));
        c4.Store(c + (4 * tile.CRow));
        c5.Store(c + (5 * tile.CRow));
        c6.Store(c + (6 * tile.CRow));
        c7.Store(c + (7 * tile.CRow));
    }

    public static void Rows6(in Tile tile)
    {
        nint row = tile.ARow, row3 = 3 * row, step = tile.AStep;
        float* a0 = tile.A;
        float* a5 = a0 + (5 * row);
        float* b = tile.B, start = tile.Start, c = tile.C;
        Pair<T> c0 = Pair<T>.Load(start);
        Pair<T> c1 = Pair<T>.Load(start + tile.StartRow);
        Pair<T> c2 = Pair<T>.Load(start + (2 * tile.StartRow));
        Pair<T> c3 = Pair<T>.Load(start + (3 * tile.StartRow));
        Pair<T> c4 = Pair<T>.Load(start + (4 * tile.StartRow));
        Pair<T> c5 = Pair<T>.Load(start + (5 * tile.StartRow));
        for (int k = tile.Depth; k > 0; k--)
        {
            T left = T.Load(b), right = T.Load(b + T.Count);
            c0 = c0.MultiplyAdd(a0, left, right);
            c1 = c1.MultiplyAdd(a0 + row, left, right);
            c2 = c2.MultiplyAdd(a0 + (2 * row), left, right);
            c3 = c3.MultiplyAdd(a0 + row3, left, right);
            c4 = c4.MultiplyAdd(a0 + (4 * row), left, right);
            c5 = c5.MultiplyAdd(a5, left, right);
            a0 += step;
            a5 += step;
            b += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + tile.CRow);
        c2.Store(c + (2 * tile.CRow));
        c3.Store(c + (3 * tile.CRow));
        c4.Store(c + (4 * tile.CRow));
        c5.Store(c + (5 * tile.CRow));
    }

    public static void Rows4(in Tile tile)
    {
        nint row = tile.ARow, row3 = 3 * row, step = tile.AStep;
        float* a0 = tile.A;
        float* b = tile.B, start = tile.Start, c = tile.C;
        Pair<T> c0 = Pair<T>.Load(start);
        Pair<T> c1 = Pair<T>.Load(start + tile.StartRow);
        Pair<T> c2 = Pair<T>.Load(start + (2 * tile.StartRow));
        Pair<T> c3 = Pair<T>.Load(start + (3 * tile.StartRow));
        for (int k = tile.Depth; k > 0; k--)
        {
            T left = T.Load(b), right = T.Load(b + T.Count);
            c0 = c0.MultiplyAdd(a0, left, right);
            c1 = c1.MultiplyAdd(a0 + row, left, right);
            c2 = c2.MultiplyAdd(a0 + (2 * row), left, right);
            c3 = c3.MultiplyAdd(a0 + row3, left, right);
            a0 += step;
            b += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + tile.CRow);
        c2.Store(c + (2 * tile.CRow));
        c3.Store(c + (3 * tile.CRow));
    }

    public static void Rows2(in Tile tile)
    {
        nint row = tile.ARow, step = tile.AStep;
        float* a0 = tile.A;
        float* b = tile.B, start = tile.Start, c = tile.C;
        Pair<T> c0 = Pair<T>.Load(start);
        Pair<T> c1 = Pair<T>.Load(start + tile.StartRow);
        for (int k = tile.Depth; k > 0; k--)
        {
            T left = T.Load(b), right = T.Load(b + T.Count);
            c0 = c0.MultiplyAdd(a0, left, right);
            c1 = c1.MultiplyAdd(a0 + row, left, right);
            a0 += step;
            b += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + tile.CRow);
    }

    public static void Row1(in Tile tile)
    {
        float* a = tile.A, b = tile.B;
        Pair<T> sum = Pair<T>.Load(tile.Start);
        for (int k = tile.Depth; k > 0; k--)
        {
            sum = sum.MultiplyAdd(T.Broadcast(a), b);
            a += tile.AStep;
            b += tile.BStep;
        }

        sum.Store(tile.C);
    }

    public static void Rows2Strips2(in Tile tile)
    {
        nint row = tile.ARow;
        float* a = tile.A, b0 = tile.B, b1 = tile.B1, start = tile.Start, c = tile.C;
        int strip = 2 * T.Count;
        Pair<T> c00 = Pair<T>.Load(start), c01 = Pair<T>.Load(start + strip);
        start += tile.StartRow;
        Pair<T> c10 = Pair<T>.Load(start), c11 = Pair<T>.Load(start + strip);
        for (int k = tile.Depth; k > 0; k--)
        {
            T x0 = T.Broadcast(a), x1 = T.Broadcast(a + row);
            c00 = c00.MultiplyAdd(x0, b0);
            c01 = c01.MultiplyAdd(x0, b1);
            c10 = c10.MultiplyAdd(x1, b0);
            c11 = c11.MultiplyAdd(x1, b1);
            a += tile.AStep;
            b0 += tile.BStep;
            b1 += tile.BStep;
        }

        c00.Store(c);
        c01.Store(c + strip);
        c += tile.CRow;
        c10.Store(c);
        c11.Store(c + strip);
    }

    public static void Row1Strips4(in Tile tile)
    {
        float* a = tile.A, b0 = tile.B, b1 = tile.B1, b2 = tile.B2, b3 = tile.B3, start = tile.Start, c = tile.C;
        int strip = 2 * T.Count;
        Pair<T> c0 = Pair<T>.Load(start), c1 = Pair<T>.Load(start + strip);
        Pair<T> c2 = Pair<T>.Load(start + (2 * strip)), c3 = Pair<T>.Load(start + (3 * strip));
        for (int k = tile.Depth; k > 0; k--)
        {
            T x = T.Broadcast(a);
            c0 = c0.MultiplyAdd(x, b0);
            c1 = c1.MultiplyAdd(x, b1);
            c2 = c2.MultiplyAdd(x, b2);
            c3 = c3.MultiplyAdd(x, b3);
            a += tile.AStep;
            b0 += tile.BStep;
            b1 += tile.BStep;
            b2 += tile.BStep;
            b3 += tile.BStep;
        }

        c0.Store(c);
        c1.Store(c + strip);
        c2.Store(c + (2 * strip));
        c3.Store(c + (3 * strip));
    }
}
