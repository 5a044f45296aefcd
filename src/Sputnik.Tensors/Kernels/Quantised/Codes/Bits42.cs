using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes of 6 bits: <see cref="Bits4"/>, then <see cref="Bits2"/> of the high two.</summary>
internal readonly unsafe struct Bits42 : ICodes<Bits42>
{
    public static int Bytes => Bits4.Bytes + Bits2.Bytes;

    public static bool Wide => false;

    public static Bits42 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        CodePair low = default(Bits4).Load(codes, p);
        byte* first = codes + Bits4.Bytes;
        byte* second = first + Planes.Vector;
        return new(
            low.FirstTop | High(Planes.Top(first), p),
            low.FirstBottom | High(Planes.Bottom(first), p),
            low.SecondTop | High(Planes.Top(second), p),
            low.SecondBottom | High(Planes.Bottom(second), p));
    }

    public static void Store(byte* tile, byte* codes)
    {
        new Span<byte>(codes, Bytes).Clear();
        Planes.Spread(tile, from: 0, bits: 4, codes);
        Planes.Spread(tile, from: 4, bits: 2, codes + Bits4.Bytes);
    }

    // Bits 2p and 2p + 1 to bits 4 and 5.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> High(Vector256<byte> plane, int p) =>
        p < 2 ? Planes.Left(plane, 4 - (2 * p), 48) : Planes.Right(plane, (2 * p) - 4, 48);
}
