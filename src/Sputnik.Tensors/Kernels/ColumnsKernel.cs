using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Moves a block of columns of every group of every row from one matrix to another.</summary>
internal static unsafe class ColumnsKernel
{
    /// <summary>
    /// Row by row and group by group, a block of columns from where it lies to where it goes. Groups that go to one place
    /// gather there in ascending order.
    /// </summary>
    public static void Move<TInto>(Workers workers, Tensor x, ColumnBlocks from, Tensor y, ColumnBlocks to, GroupSize groups)
        where TInto : unmanaged, IInto =>
        workers.Share(new Job<TInto>(x.Data, x.Cols, from, y.Data, y.Cols, to, groups), y.Rows, (long)groups.Groups * groups.Count);

    /// <summary>Puts <paramref name="count"/> values.</summary>
    public static void Simd<TInto>(float* x, float* y, int count)
        where TInto : unmanaged, IInto
    {
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            TInto.Put(Vector512.Load(x + i), y + i);
        }

        for (; i < count; i++)
        {
            TInto.Put(x[i], y + i);
        }
    }

    private readonly struct Job<TInto>(
        float* x, int xCols, ColumnBlocks from, float* y, int yCols, ColumnBlocks to, GroupSize groups) : IRangeJob
        where TInto : unmanaged, IInto
    {
        public void Run(int start, int end)
        {
            for (int row = start; row < end; row++)
            {
                float* source = x + ((long)row * xCols) + from.Start;
                float* destination = y + ((long)row * yCols) + to.Start;
                for (int group = 0; group < groups.Groups; group++)
                {
                    Simd<TInto>(source + (group * from.Stride), destination + (group * to.Stride), groups.Count);
                }
            }
        }
    }
}

/// <summary>Where blocks lie in a row: the first at <paramref name="Start"/>, the others <paramref name="Stride"/> apart; 0 = all in one place.</summary>
internal readonly record struct ColumnBlocks(int Stride, int Start);

/// <summary>Groups in a row and the columns moved of each.</summary>
internal readonly record struct GroupSize(int Groups, int Count);
