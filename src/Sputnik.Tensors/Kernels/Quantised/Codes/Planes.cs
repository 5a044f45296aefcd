using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// Bits of codes spread over planes. In each, a vector of 64 bytes has a double word for every row and in it a byte for
/// every neighbour of a group; a plane of w bits keeps 8 / w groups in one byte.
/// </summary>
internal static unsafe class Planes
{
    /// <summary>Bytes of one vector: 16 rows × 4 neighbours.</summary>
    public const int Vector = 64;

    /// <summary>Rows 0 … 7 of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Top(byte* plane) => Vector256.Load(plane);

    /// <summary>Rows 8 … 15 of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Bottom(byte* plane) => Vector256.Load(plane + 32);

    /// <summary>The bits under <paramref name="mask"/> of every byte after a shift to the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Right(Vector256<byte> plane, int shift, byte mask) =>
        (plane.AsUInt32() >> shift).AsByte() & Vector256.Create(mask);

    /// <summary>The bits under <paramref name="mask"/> of every byte after a shift to the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Left(Vector256<byte> plane, int shift, byte mask) =>
        (plane.AsUInt32() << shift).AsByte() & Vector256.Create(mask);

    /// <summary>Puts <paramref name="bits"/> bits of every code, from <paramref name="from"/> on, into a cleared plane.</summary>
    public static void Spread(byte* tile, int from, int bits, byte* plane)
    {
        int groups = 8 / bits;
        uint mask = ((1u << bits) - 1) * 0x01010101;
        for (int group = 0; group < 8; group++)
        {
            (int vector, int place) = Place(group, groups);
            uint* to = (uint*)(plane + (vector * Vector));
            uint* code = (uint*)(tile + (group * 4));
            for (int row = 0; row < 16; row++, code += 8)
            {
                to[row] |= ((*code >> from) & mask) << (place * bits);
            }
        }
    }

    // Two groups a byte are p and p + 4, which are read together; otherwise neighbours stand together.
    private static (int Vector, int Place) Place(int group, int groups) =>
        groups == 2 ? (group % 4, group / 4) : (group / groups, group % groups);
}
