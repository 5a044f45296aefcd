using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class OuterProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 7)]
    [InlineData(4, 3, 48)]
    [InlineData(5, 4, 15)]
    [InlineData(9, 6, 64)]
    public void Simd_equals_scalar_to_the_bit(int rows, int vectors, int count)
    {
        int cols = vectors * 16;
        float[] a = Seeded.Values(rows * count, 1);
        float[] b = Seeded.Values(count * cols, 2);
        foreach (bool carry in new[] { false, true })
        {
            float[] scalar = Seeded.Values(rows * cols, 3);
            float[] simd = Seeded.Values(rows * cols, 3);

            fixed (float* pa = a, pb = b, one = scalar, two = simd)
            {
                OuterFactors f = new(pa, 1, rows, pb, cols, 16);
                OuterProduct.Scalar(f, rows, cols, count, one, cols, carry);
                OuterProduct.Simd(f, rows, vectors, count, two, cols, carry);
            }

            Assert.Equal(scalar, simd);
        }
    }
}
