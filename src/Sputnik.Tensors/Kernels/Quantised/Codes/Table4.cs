using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>Codes of 4 bits, each a place in a table of 16 levels.</summary>
internal readonly unsafe struct Table4 : ICodes<Table4>
{
    private readonly Vector256<byte> _levels;

    private Table4(ReadOnlySpan<byte> levels)
    {
        Vector128<byte> half = Vector128.Create(levels);
        _levels = Vector256.Create(half, half);
    }

    public static int Bytes => Bits4.Bytes;

    public static bool Wide => true;

    public static Table4 Create(ReadOnlySpan<byte> levels) => new(levels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        CodePair pair = default(Bits4).Load(codes, p);
        return new(LevelOf(pair.FirstTop), LevelOf(pair.FirstBottom), LevelOf(pair.SecondTop), LevelOf(pair.SecondBottom));
    }

    public static void Store(byte* tile, byte* codes) => Bits4.Store(tile, codes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<byte> LevelOf(Vector256<byte> codes)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.Shuffle(_levels, codes);
        }

        Vector128<byte> levels = _levels.GetLower();
        return Vector256.Create(Vector128.Shuffle(levels, codes.GetLower()), Vector128.Shuffle(levels, codes.GetUpper()));
    }
}
