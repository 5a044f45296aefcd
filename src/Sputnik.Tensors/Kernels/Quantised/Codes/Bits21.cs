using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes of 3 bits: <see cref="Bits2"/>, then one vector with the third bit of group g as bit g.</summary>
internal readonly unsafe struct Bits21 : ICodes<Bits21>
{
    public static int Bytes => Bits2.Bytes + Planes.Vector;

    public static bool Wide => false;

    public static Bits21 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        CodePair low = default(Bits2).Load(codes, p);
        Vector256<byte> top = Planes.Top(codes + Bits2.Bytes);
        Vector256<byte> bottom = Planes.Bottom(codes + Bits2.Bytes);
        return new(
            low.FirstTop | Third(top, p),
            low.FirstBottom | Third(bottom, p),
            low.SecondTop | Third(top, p + 4),
            low.SecondBottom | Third(bottom, p + 4));
    }

    public static void Store(byte* tile, byte* codes)
    {
        new Span<byte>(codes, Bytes).Clear();
        Planes.Spread(tile, from: 0, bits: 2, codes);
        Planes.Spread(tile, from: 2, bits: 1, codes + Bits2.Bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Third(Vector256<byte> plane, int group) =>
        group < 2 ? Planes.Left(plane, 2 - group, 4) : Planes.Right(plane, group - 2, 4);
}
