using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>The step in 32 bits, on any processor.</summary>
internal readonly struct PlainDot : IByteDot
{
    public static int Bias(bool wide) => 0;

    public static Vector256<int> Add(Vector256<int> sum, Vector256<byte> levels, Vector256<sbyte> x, bool wide)
    {
        Vector256<int> w = levels.AsInt32(), v = x.AsInt32();
        Vector256<int> low = Vector256.Create(255);
        sum += (w & low) * ((v << 24) >> 24);
        sum += ((w >>> 8) & low) * ((v << 16) >> 24);
        sum += ((w >>> 16) & low) * ((v << 8) >> 24);
        return sum + ((w >>> 24) * (v >> 24));
    }
}
