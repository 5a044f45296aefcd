using System.Runtime.Intrinsics;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class ElementaryTests
{
    [Fact]
    public void Exp_is_within_1_01_ulp_over_its_normal_range()
    {
        double worst = 0;

        for (float x = -87; x < 88.7f; x += 0.00037f)
        {
            worst = Math.Max(worst, Ulps(Elementary.Exp(x), Math.Exp(x)));
        }

        Assert.True(worst <= 1.01, $"{worst} ulp");
    }

    [Fact]
    public void Log_is_within_an_ulp()
    {
        double worst = 0;

        for (int bits = 1; bits < 0x7F800000; bits += 1237)
        {
            float x = BitConverter.Int32BitsToSingle(bits);
            worst = Math.Max(worst, Ulps(Elementary.Log(x), Math.Log(x)));
        }

        Assert.True(worst <= 1, $"{worst} ulp");
    }

    [Fact]
    public void Sigmoid_is_within_three_ulps()
    {
        double worst = 0;

        for (float x = -80; x < 80; x += 0.00071f)
        {
            worst = Math.Max(worst, Ulps(Elementary.Sigmoid(x), 1 / (1 + Math.Exp(-x))));
        }

        Assert.True(worst <= 3, $"{worst} ulp");
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-104f, 0f)]
    [InlineData(-103f, 1.4012985e-45f)]
    [InlineData(89f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_ends_as_it_should(float x, float expected) => Assert.Equal(expected, Elementary.Exp(x));

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(-1f, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_ends_as_it_should(float x, float expected) => Assert.Equal(expected, Elementary.Log(x));

    [Fact]
    public void A_lane_equals_the_float_to_the_bit()
    {
        for (uint bits = 0; bits < 0xFFFF_0000; bits += 9973)
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            Vector512<float> lanes = Vector512.Create(x);

            Assert.Equal(Bits(Elementary.Exp(x)), Bits(Elementary.Exp(lanes)[bits % 16 == 0 ? 0 : 15]));
            Assert.Equal(Bits(Elementary.Sigmoid(x)), Bits(Elementary.Sigmoid(lanes)[7]));
        }
    }

    [Fact]
    public void The_bits_are_the_same_on_every_processor()
    {
        ulong hash = 14695981039346656037;

        for (uint bits = 0; bits < 0xFFFF_0000; bits += 9973)
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            Vector512<float> lanes = Vector512.Create(x);
            foreach (float y in (ReadOnlySpan<float>)[Elementary.Exp(lanes)[5], Elementary.Log(x), Elementary.Sigmoid(lanes)[5]])
            {
                hash = (hash ^ Bits(y)) * 1099511628211;
            }
        }

        Assert.Equal(2813082758126207171UL, hash);
    }

    [Fact]
    public void Sine_and_cosine_agree_with_the_library_to_1e_13()
    {
        for (double angle = 0; angle < 200_000; angle = (angle * 1.01) + 0.1)
        {
            (double sin, double cos) = Rotation.SinCos(angle);

            Assert.Equal(Math.Sin(angle), sin, 1e-13);
            Assert.Equal(Math.Cos(angle), cos, 1e-13);
        }
    }

    // One NaN stands for all: which one comes out is the processor's choice.
    private static uint Bits(float value) => float.IsNaN(value) ? uint.MaxValue : BitConverter.SingleToUInt32Bits(value);

    private static double Ulps(float value, double exact)
    {
        float near = (float)exact;
        double ulp = Math.Abs((double)MathF.BitIncrement(Math.Abs(near)) - Math.Abs(near));
        return Math.Abs(value - exact) / ulp;
    }
}
