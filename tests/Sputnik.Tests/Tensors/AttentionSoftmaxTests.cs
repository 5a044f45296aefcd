using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class AttentionSoftmaxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(63)]
    [InlineData(64)]
    public void Simd_equals_scalar_to_the_bit_and_ignores_what_lies_beyond(int n)
    {
        float[] scalar = Seeded.Values(64, 5, scale: 6);
        float[] simd = [.. scalar];
        simd.AsSpan(n).Fill(float.NaN);
        AttentionSum one, two;

        fixed (float* a = scalar, b = simd)
        {
            one = AttentionSoftmax.Scalar(a, n, 0.3f);
            two = AttentionSoftmax.Simd(b, n, 0.3f);
        }

        Assert.Equal(one, two);
        Assert.Equal(scalar.AsSpan(0, n).ToArray(), simd.AsSpan(0, n).ToArray());
        Assert.All(simd[n..((n + 15) / 16 * 16)], e => Assert.Equal(0, e));
    }
}
