using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>Codes of 2 bits: groups 0 … 3 share one vector, 4 … 7 another.</summary>
internal readonly unsafe struct Bits2 : ICodes<Bits2>
{
    public static int Bytes => 2 * Planes.Vector;

    public static bool Wide => false;

    public static Bits2 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        byte* second = codes + Planes.Vector;
        return new(
            Planes.Right(Planes.Top(codes), 2 * p, 3),
            Planes.Right(Planes.Bottom(codes), 2 * p, 3),
            Planes.Right(Planes.Top(second), 2 * p, 3),
            Planes.Right(Planes.Bottom(second), 2 * p, 3));
    }

    public static void Store(byte* tile, byte* codes)
    {
        new Span<byte>(codes, Bytes).Clear();
        Planes.Spread(tile, from: 0, bits: 2, codes);
    }
}
