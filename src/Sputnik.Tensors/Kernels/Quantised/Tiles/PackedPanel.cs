using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Blocks as they lie in memory: <see cref="ScalePlaces{TScales}"/> and then codes, taken apart in registers. For few rows
/// that is less work than to unpack them first.
/// </summary>
internal readonly unsafe struct PackedPanel<TCodes, TScales>(TCodes codes) : IPanel
    where TCodes : unmanaged, ICodes<TCodes>
    where TScales : struct, IScales
{
    public static int BlockBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ScalePlaces<TScales>.Bytes + (TScales.Runs * TCodes.Bytes);
    }

    public static bool Wide
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TCodes.Wide;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> D(byte* block) => ScalePlaces<TScales>.D(block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> M(byte* block) => ScalePlaces<TScales>.M(block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(byte* block, int run, int half) => ScalePlaces<TScales>.Scale(block, run, half * TScales.Parts / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(byte* block, int run, int half) => ScalePlaces<TScales>.Min(block, run, half * TScales.Parts / 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Codes(byte* block, int run) => block + ScalePlaces<TScales>.Bytes + (run * TCodes.Bytes);

    // What is loaded of the other half is not used, and the compiler drops it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Levels16 Levels(byte* packed, int half, int group)
    {
        CodePair pair = codes.Load(packed, group);
        return half == 0 ? new(pair.FirstTop, pair.FirstBottom) : new(pair.SecondTop, pair.SecondBottom);
    }
}
