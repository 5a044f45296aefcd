using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>Codes of 4 bits: groups p and p + 4 are the low and high halves of one vector.</summary>
internal readonly unsafe struct Bits4 : ICodes<Bits4>
{
    public static int Bytes => 4 * Planes.Vector;

    public static bool Wide => false;

    public static Bits4 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        Vector256<byte> top = Planes.Top(codes + (p * Planes.Vector));
        Vector256<byte> bottom = Planes.Bottom(codes + (p * Planes.Vector));
        return new(Planes.Right(top, 0, 15), Planes.Right(bottom, 0, 15), Planes.Right(top, 4, 15), Planes.Right(bottom, 4, 15));
    }

    public static void Store(byte* tile, byte* codes)
    {
        for (int row = 0; row < 16; row++)
        {
            for (int p = 0; p < 4; p++)
            {
                uint low = *(uint*)(tile + (row * 32) + (p * 4)), high = *(uint*)(tile + (row * 32) + ((p + 4) * 4));
                *(uint*)(codes + (p * Planes.Vector) + (row * 4)) = low | (high << 4);
            }
        }
    }
}
