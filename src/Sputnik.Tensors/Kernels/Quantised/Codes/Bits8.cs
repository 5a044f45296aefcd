using System.Runtime.CompilerServices;

namespace Sputnik.Tensors;

/// <summary>Codes of 8 bits: a vector for each group.</summary>
internal readonly unsafe struct Bits8 : ICodes<Bits8>
{
    public static int Bytes => 8 * Planes.Vector;

    public static bool Wide => true;

    public static Bits8 Create(ReadOnlySpan<byte> levels) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodePair Load(byte* codes, int p)
    {
        byte* first = codes + (p * Planes.Vector);
        byte* second = first + (4 * Planes.Vector);
        return new(Planes.Top(first), Planes.Bottom(first), Planes.Top(second), Planes.Bottom(second));
    }

    public static void Store(byte* tile, byte* codes)
    {
        for (int row = 0; row < 16; row++)
        {
            for (int group = 0; group < 8; group++)
            {
                *(uint*)(codes + (group * Planes.Vector) + (row * 4)) = *(uint*)(tile + (row * 32) + (group * 4));
            }
        }
    }
}
