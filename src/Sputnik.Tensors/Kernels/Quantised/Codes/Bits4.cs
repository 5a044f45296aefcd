using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        for (int row = 0; row < 16; row += 4, tile += 4 * 32, codes += 4 * sizeof(uint))
        {
            // Four groups of four rows, turned: a group's rows stand together.
            Vector128<uint> ab = Pairs(tile), cd = Pairs(tile + 32), ef = Pairs(tile + 64), gh = Pairs(tile + 96);
            Vector128<ulong> low = Low(ab, cd), lower = Low(ef, gh), high = High(ab, cd), higher = High(ef, gh);
            Vector128.Create(low.GetLower(), lower.GetLower()).AsByte().Store(codes);
            Vector128.Create(low.GetUpper(), lower.GetUpper()).AsByte().Store(codes + Planes.Vector);
            Vector128.Create(high.GetLower(), higher.GetLower()).AsByte().Store(codes + (2 * Planes.Vector));
            Vector128.Create(high.GetUpper(), higher.GetUpper()).AsByte().Store(codes + (3 * Planes.Vector));
        }
    }

    // Groups 0 … 3 of a row, with groups 4 … 7 in the high halves.
    private static Vector128<uint> Pairs(byte* row) => (Vector128.Load(row) | (Vector128.Load(row + 16).AsUInt32() << 4).AsByte()).AsUInt32();

    private static Vector128<ulong> Low(Vector128<uint> a, Vector128<uint> b) =>
        (Sse2.IsSupported ? Sse2.UnpackLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1])).AsUInt64();

    private static Vector128<ulong> High(Vector128<uint> a, Vector128<uint> b) =>
        (Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3])).AsUInt64();
}
