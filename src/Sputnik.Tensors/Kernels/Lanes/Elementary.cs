using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sputnik.Tensors;

/// <summary>
/// exp, log and the sigmoid from multiplications and fused multiply-adds in one fixed order: the same bits for a float and
/// for a lane, and on every processor. The C library's differ between systems.
/// </summary>
internal static class Elementary
{
    // Below, exp rounds to 0; above, to infinity.
    private const float ExpLowest = -104f;
    private const float ExpHighest = 89f;

    // 1.5 · 2²³: adding it leaves the nearest integer in the low bits.
    private const float Rounder = 12582912f;
    private const int RounderBits = 0x4B400000;

    private const float Log2E = 1.44269504088896341f;
    private const float Ln2 = 0.693147180559945309f;

    // ln 2 less its float, so that n · ln 2 keeps the digits a float cannot hold.
    private const float Ln2Rest = -1.90465429995776e-9f;

    // exp(r) ≈ 1 + r + r² · (E2 + E3 r + …) on |r| ≤ ln 2 / 2: minimax by Remez, relative error 2^-28.
    private const float E2 = 0.49999993412346605f;
    private const float E3 = 0.16666520108249142f;
    private const float E4 = 0.041668394262514535f;
    private const float E5 = 0.0083687803819532f;
    private const float E6 = 0.0013814463902222006f;

    // log(1 + f) ≈ f − f²/2 + f³ · (L3 + L4 f + …) on 1 + f in [√½, √2]: minimax by Remez, relative error 2^-30.
    private const float L3 = 0.3333330651823175f;
    private const float L4 = -0.2499997359394193f;
    private const float L5 = 0.2000251159226202f;
    private const float L6 = -0.16670349468968534f;
    private const float L7 = 0.14213437000580936f;
    private const float L8 = -0.12358958461713572f;
    private const float L9 = 0.11886440185616366f;
    private const float L10 = -0.11962210245981374f;
    private const float L11 = 0.07105202174561422f;

    private const int HalfRootBits = 0x3F3504F3; // √½
    private const float SmallestNormal = 1.17549435e-38f;
    private const float TwoTo25 = 33554432f;

    /// <summary>eˣ within 1.01 ulp; 0 below −104, infinity above 89.</summary>
    public static float Exp(float x)
    {
        x = x < ExpLowest ? ExpLowest : x;
        x = x > ExpHighest ? ExpHighest : x;
        float shifted = MathF.FusedMultiplyAdd(x, Log2E, Rounder);
        float n = shifted - Rounder;
        float r = MathF.FusedMultiplyAdd(n, -Ln2Rest, MathF.FusedMultiplyAdd(n, -Ln2, x));

        float p = MathF.FusedMultiplyAdd(E6, r, E5);
        p = MathF.FusedMultiplyAdd(p, r, E4);
        p = MathF.FusedMultiplyAdd(p, r, E3);
        p = MathF.FusedMultiplyAdd(p, r, E2);
        p = 1 + MathF.FusedMultiplyAdd(p, r * r, r);

        // 2ⁿ in two steps: one would leave the exponent's range at both ends.
        int power = BitConverter.SingleToInt32Bits(shifted) - RounderBits;
        int half = power >> 1;
        return p * BitConverter.Int32BitsToSingle((half + 127) << 23) * BitConverter.Int32BitsToSingle((power - half + 127) << 23);
    }

    /// <summary>The same, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> lowest = Vector512.Create(ExpLowest);
        Vector512<float> highest = Vector512.Create(ExpHighest);
        Vector512<float> rounder = Vector512.Create(Rounder);
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, lowest), lowest, x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, highest), highest, x);
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), rounder);
        Vector512<float> n = shifted - rounder;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Rest), r);

        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.Create(E6), r, Vector512.Create(E5));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E4));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E3));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(E2));
        p = Vector512.Create(1f) + Vector512.FusedMultiplyAdd(p, r * r, r);

        Vector512<int> bias = Vector512.Create(127);
        Vector512<int> power = shifted.AsInt32() - Vector512.Create(RounderBits);
        Vector512<int> half = power >> 1;
        return p * ((half + bias) << 23).AsSingle() * ((power - half + bias) << 23).AsSingle();
    }

    /// <summary>The natural logarithm within 1 ulp; −infinity at 0, NaN below.</summary>
    public static float Log(float x)
    {
        if (!(x > 0 && x < float.PositiveInfinity))
        {
            return x == 0 ? float.NegativeInfinity : x < 0 ? float.NaN : x;
        }

        bool subnormal = x < SmallestNormal;
        int bits = BitConverter.SingleToInt32Bits(subnormal ? x * TwoTo25 : x);
        int power = (bits - HalfRootBits) >> 23;
        float n = power - (subnormal ? 25f : 0f);
        float f = BitConverter.Int32BitsToSingle(bits - (power << 23)) - 1;

        float p = MathF.FusedMultiplyAdd(L11, f, L10);
        p = MathF.FusedMultiplyAdd(p, f, L9);
        p = MathF.FusedMultiplyAdd(p, f, L8);
        p = MathF.FusedMultiplyAdd(p, f, L7);
        p = MathF.FusedMultiplyAdd(p, f, L6);
        p = MathF.FusedMultiplyAdd(p, f, L5);
        p = MathF.FusedMultiplyAdd(p, f, L4);
        p = MathF.FusedMultiplyAdd(p, f, L3);
        p = MathF.FusedMultiplyAdd(p, f, -0.5f);
        float rest = MathF.FusedMultiplyAdd(p, f * f, n * Ln2Rest);
        return MathF.FusedMultiplyAdd(n, Ln2, f + rest);
    }

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public static float Sigmoid(float x) => 1 / (1 + Exp(-x));

    /// <summary>The same, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) =>
        Vector512.Create(1f) / (Vector512.Create(1f) + Exp(-x));
}
