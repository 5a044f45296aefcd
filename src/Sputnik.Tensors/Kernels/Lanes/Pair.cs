using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>Two neighbouring registers: one row of one strip, as accumulators.</summary>
internal readonly unsafe struct Pair<T>(T left, T right)
    where T : struct, ILanes<T>
{
    private readonly T _left = left;
    private readonly T _right = right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<T> Load(float* from) => new(T.Load(from), T.Load(from + T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<T> MultiplyAdd(float* a, T left, T right)
    {
        T factor = T.Broadcast(a);
        return new(T.MultiplyAdd(factor, left, _left), T.MultiplyAdd(factor, right, _right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair<T> MultiplyAdd(T factor, float* b) =>
        new(T.MultiplyAdd(factor, T.Load(b), _left), T.MultiplyAdd(factor, T.Load(b + T.Count), _right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to)
    {
        T.Store(_left, to);
        T.Store(_right, to + T.Count);
    }
}
