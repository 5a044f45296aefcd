using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class SmallFloatTests
{
    [Fact]
    public void Every_F16_means_what_the_runtime_says_and_comes_back()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits);

            float value = F16.Decode((ushort)bits);

            Bits.Equal(expected, value);
            Assert.True(float.IsNaN(value) ? float.IsNaN(F16.Decode(F16.Encode(value))) : F16.Encode(value) == bits, $"0x{bits:X4}");
        }
    }

    [Fact]
    public void F16_rounds_to_the_nearest_and_ties_to_even_as_the_runtime_does()
    {
        // Every float at, just below and just above each midpoint between neighbours, subnormal ones and the largest included.
        for (int bits = 0; bits < 0x7C00; bits++)
        {
            float low = F16.Decode((ushort)bits);
            float high = bits == 0x7BFF ? 65536 : F16.Decode((ushort)(bits + 1));
            float middle = (low + high) / 2;
            foreach (float value in (float[])[middle, MathF.BitDecrement(middle), MathF.BitIncrement(middle), -middle])
            {
                Assert.True(BitConverter.HalfToUInt16Bits((Half)value) == F16.Encode(value), $"{value:R}");
            }
        }

        Assert.Equal(0x7C00, F16.Encode(float.MaxValue));
        Assert.Equal(0xFC00, F16.Encode(float.NegativeInfinity));
        Assert.Equal(0, F16.Encode(float.Epsilon));
    }

    [Theory]
    [InlineData(0x3F80, 1f)]
    [InlineData(0xC000, -2f)]
    [InlineData(0x7F7F, 3.38953139e38f)]
    [InlineData(0x0001, 9.18354962e-41f)]
    [InlineData(0x7F80, float.PositiveInfinity)]
    public void Bf16_is_the_upper_half_of_a_float(int bits, float value)
    {
        Assert.Equal(value, Bf16.Decode((ushort)bits));
        Assert.Equal(bits, Bf16.Encode(value));
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x7F800001u, 0x7FC0)]
    [InlineData(0xFFFFFFFFu, 0xFFFF)]
    public void Bf16_rounds_to_the_nearest_ties_to_even_and_keeps_NaN(uint bits, int expected) =>
        Assert.Equal(expected, Bf16.Encode(BitConverter.UInt32BitsToSingle(bits)));

    [Fact]
    public void Every_E4M3_is_its_fields_and_comes_back()
    {
        for (int bits = 0; bits < 256; bits++)
        {
            int exponent = (bits >> 3) & 15;
            double magnitude = exponent == 0 ? (bits & 7) * Math.Pow(2, -9) : (8 + (bits & 7)) * Math.Pow(2, exponent - 10);
            float expected = (bits & 127) == 127 ? float.NaN : (float)(bits < 128 ? magnitude : -magnitude);

            float value = F8E4M3.Decode((byte)bits);

            Bits.Equal(expected, value);
            Assert.Equal((bits & 127) == 127 ? 0x7F : bits, F8E4M3.Encode(value));
        }
    }

    [Fact]
    public void E4M3_rounds_to_the_nearest_ties_to_even_and_saturates()
    {
        for (byte bits = 0; bits < 0x7E; bits++)
        {
            float middle = (F8E4M3.Decode(bits) + F8E4M3.Decode((byte)(bits + 1))) / 2;

            Assert.Equal(bits + (bits & 1), F8E4M3.Encode(middle));
            Assert.Equal(bits, F8E4M3.Encode(MathF.BitDecrement(middle)));
            Assert.Equal((bits + 1) | 0x80, F8E4M3.Encode(-MathF.BitIncrement(middle)));
        }

        Assert.Equal(0x7E, F8E4M3.Encode(float.PositiveInfinity));
        Assert.Equal(0xFE, F8E4M3.Encode(-500));
        Assert.Equal(0, F8E4M3.Encode(float.Epsilon));
    }

    [Fact]
    public void Every_E5M2_is_its_fields()
    {
        for (int bits = 0; bits < 256; bits++)
        {
            int exponent = (bits >> 2) & 31;
            double magnitude = exponent switch
            {
                0 => (bits & 3) * Math.Pow(2, -16),
                31 => (bits & 3) == 0 ? double.PositiveInfinity : double.NaN,
                _ => (4 + (bits & 3)) * Math.Pow(2, exponent - 17),
            };

            float value = F8E5M2.Decode((byte)bits);

            Assert.Equal(bits < 128 ? magnitude : -magnitude, value);
        }
    }

    [Fact]
    public void Every_E8M0_is_its_power_of_two()
    {
        for (int bits = 0; bits < 255; bits++)
        {
            Assert.Equal(Math.Pow(2, bits - 127), E8M0.Decode((byte)bits));
        }

        Assert.Equal(float.NaN, E8M0.Decode(255));
    }
}
