using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sputnik.Tensors;

/// <summary>
/// vpmaddubsw adds two products in 16 bits: of levels to 127 they fit. Wider ones are made signed first, and their sign put
/// on x: 2 · 128 · 127 fits.
/// </summary>
internal readonly struct Avx2Dot : IByteDot
{
    public static int Bias(bool wide) => wide ? 128 : 0;

    public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> levels, Vector256<sbyte> x, bool wide)
    {
        if (wide)
        {
            Vector256<sbyte> signed = (levels ^ Vector256.Create((byte)128)).AsSByte();
            levels = Avx2.Abs(signed);
            x = Avx2.Sign(x, signed);
        }

        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(levels, x);
        return sum + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
    }
}
