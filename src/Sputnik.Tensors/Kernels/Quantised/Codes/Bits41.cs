using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes of 5 bits: <see cref="Bits4"/>, then one vector with the fifth bit of group g as bit g.</summary>
internal readonly unsafe struct Bits41 : ICodes<Bits41>
{
    public static int Bytes => Bits4.Bytes + Planes.Vector;

    public static bool Wide => false;

    public static Bits41 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        CodePair low = default(Bits4).Load(codes, p);
        Vector256<byte> top = Planes.Top(codes + Bits4.Bytes);
        Vector256<byte> bottom = Planes.Bottom(codes + Bits4.Bytes);
        return new(
            low.FirstTop | Planes.Left(top, 4 - p, 16),
            low.FirstBottom | Planes.Left(bottom, 4 - p, 16),
            low.SecondTop | Planes.Right(top, p, 16),
            low.SecondBottom | Planes.Right(bottom, p, 16));
    }

    public static void Store(byte* tile, byte* codes)
    {
        new Span<byte>(codes, Bytes).Clear();
        Planes.Spread(tile, from: 0, bits: 4, codes);
        Planes.Spread(tile, from: 4, bits: 1, codes + Bits4.Bytes);
    }
}
