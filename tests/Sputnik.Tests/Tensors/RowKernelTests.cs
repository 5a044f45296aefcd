using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class RowKernelTests
{
    private const float Epsilon = 1e-6f;

    public static TheoryData<int> Lengths => [1, 15, 16, 17, 96, 1023, 1024];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sum_dot_and_maximum_equal_their_scalars_to_the_bit(int length)
    {
        float[] a = Seeded.Values(length, seed: 1);
        float[] b = Seeded.Values(length, seed: 2);

        fixed (float* pa = a, pb = b)
        {
            Bits.Equal(SumKernel.Scalar(a), SumKernel.Simd(pa, length));
            Bits.Equal(DotKernel.Scalar(a, b), DotKernel.Simd(pa, pb, length));
            Bits.Equal(MaxKernel.Scalar(a), MaxKernel.Simd(pa, length));
        }
    }

    [Fact]
    public void Element_i_belongs_to_lane_i_mod_16()
    {
        // 2²⁴ swallows a 1 that is added to it alone, not one that met another 1 before.
        float[] x = new float[32];
        (x[0], x[1], x[17], x[8]) = (16777216, 1, 1, -16777216);

        float sum = SumKernel.Scalar(x);

        Assert.Equal(2, sum);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Add_equals_its_scalar_to_the_bit(int length)
    {
        float[] a = Seeded.Values(length, seed: 1);
        float[] b = Seeded.Values(length, seed: 2);
        float[] expected = new float[length];
        float[] actual = new float[length];

        AddKernel.Scalar(a, b, expected);
        fixed (float* pa = a, pb = b, y = actual)
        {
            AddKernel.Simd(pa, pb, y, length);
        }

        Bits.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void SwiGlu_equals_its_scalar_to_the_bit_both_ways(int length)
    {
        float[] gate = Seeded.Values(length, seed: 1, scale: 9);
        float[] up = Seeded.Values(length, seed: 2);
        float[] dy = Seeded.Values(length, seed: 3);
        float[][] expected = [new float[length], Seeded.Values(length, seed: 4), Seeded.Values(length, seed: 5)];
        float[][] actual = [new float[length], Seeded.Values(length, seed: 4), Seeded.Values(length, seed: 5)];

        SwiGluKernel.Scalar(gate, up, expected[0]);
        SwiGluKernel.ScalarBackward(gate, up, dy, expected[1], expected[2]);
        fixed (float* g = gate, u = up, d = dy, y = actual[0], dgate = actual[1], dup = actual[2])
        {
            SwiGluKernel.Simd(g, u, y, length);
            SwiGluKernel.SimdBackward(g, u, d, dgate, dup, length);
        }

        Bits.Equal(expected[0], actual[0]);
        Bits.Equal(expected[1], actual[1]);
        Bits.Equal(expected[2], actual[2]);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void RmsNorm_equals_its_scalar_to_the_bit_both_ways(int length)
    {
        float[] x = Seeded.Values(length, seed: 1);
        float[] gain = Seeded.Values(length, seed: 2);
        float[] dy = Seeded.Values(length, seed: 3);
        float[][] expected = [new float[length], Seeded.Values(length, seed: 4), Seeded.Values(length, seed: 5)];
        float[][] actual = [new float[length], Seeded.Values(length, seed: 4), Seeded.Values(length, seed: 5)];

        RmsNormKernel.Scalar(x, gain, Epsilon, expected[0]);
        float scale = RmsNormGradient.Scalar(x, gain, Epsilon, dy, expected[1]);
        RmsNormGradient.ScalarGain(x, scale, dy, expected[2]);
        fixed (float* px = x, g = gain, d = dy, y = actual[0], dx = actual[1], dgain = actual[2])
        {
            RmsNormKernel.Simd(px, g, Epsilon, y, length);
            Bits.Equal(scale, RmsNormGradient.Simd(px, g, Epsilon, d, dx, length));
            RmsNormGradient.SimdGain(px, scale, d, dgain, length);
        }

        Bits.Equal(expected[0], actual[0]);
        Bits.Equal(expected[1], actual[1]);
        Bits.Equal(expected[2], actual[2]);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rope_equals_its_scalar_to_the_bit_in_both_layouts(int pairs)
    {
        float[] x = Seeded.Values(2 * pairs, seed: 1);
        float[] cos = Seeded.Values(pairs, seed: 2);
        float[] sin = Seeded.Values(pairs, seed: 3);
        float[] doubledCos = [.. cos.SelectMany(c => new[] { c, c })];
        float[] doubledSin = [.. sin.SelectMany(s => new[] { -s, s })];
        float[][] expected = [new float[2 * pairs], new float[2 * pairs]];
        float[][] actual = [new float[2 * pairs], new float[2 * pairs]];

        RopeKernel.Scalar(x, cos, sin, interleaved: false, expected[0]);
        RopeKernel.Scalar(x, cos, sin, interleaved: true, expected[1]);
        fixed (float* px = x, c = cos, s = sin, cc = doubledCos, ss = doubledSin, halves = actual[0], neighbours = actual[1])
        {
            RopeKernel.Halves<Write>(px, c, s, 1, halves, pairs);
            RopeKernel.Neighbours<Write>(px, cc, ss, 1, neighbours, 2 * pairs);
        }

        Bits.Equal(expected[0], actual[0]);
        Bits.Equal(expected[1], actual[1]);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Softmax_equals_its_scalar_to_the_bit(int length)
    {
        float[] logits = Seeded.Values(length, seed: 1, scale: 12);
        logits[length / 2] = float.NegativeInfinity;
        logits[0] = 3;
        float[] expected = new float[length];
        float[] actual = new float[length];

        SoftmaxTotals totals = SoftmaxKernel.Scalar(logits, inverse: 1.25f);
        SoftmaxKernel.ScalarScale(logits, totals, -0.3f, expected);
        fixed (float* x = logits, y = actual)
        {
            Bits.Equal(totals.Sum, SoftmaxKernel.Simd(x, length, 1.25f).Sum);
            Bits.Equal(totals.Weighted, SoftmaxKernel.Simd(x, length, 1.25f).Weighted);
            SoftmaxKernel.SimdScale(x, totals, -0.3f, y, length);
        }

        Bits.Equal(expected, actual);
    }
}
