using Sputnik.Tensors;

namespace Sputnik.Tests.Training;

public sealed unsafe class NewtonSchulzKernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(33, 5)]
    [InlineData(64, 64)]
    [InlineData(100, 48)]
    [InlineData(96, 65)]
    [InlineData(256, 96)]
    public void Simd_equals_scalar_to_the_bit(int rows, int cols)
    {
        float[,] y = Normal(rows, cols);
        int stride = NewtonSchulzKernel.Stride(cols);
        float[] padded = GC.AllocateArray<float>((int)NewtonSchulzKernel.YFloats(rows, cols), pinned: true);
        float[] scratch = GC.AllocateArray<float>((int)NewtonSchulzKernel.ScratchFloats(rows, cols), pinned: true);
        Array.Fill(scratch, float.NaN);
        ForEach(y, (i, j, value) => padded[(i * stride) + j] = value);

        float[,] expected = NewtonSchulzKernel.Scalar(y);
        fixed (float* at = padded, rest = scratch)
        {
            float* actual = NewtonSchulzKernel.Simd(at, rows, cols, rest);

            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < cols; j++)
                {
                    Assert.Equal(expected[i, j], actual[(i * stride) + j]);
                }
            }
        }
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(96, 64)]
    [InlineData(256, 96)]
    public void Singular_values_end_near_one(int rows, int cols)
    {
        float[,] result = NewtonSchulzKernel.Scalar(Normal(rows, cols));

        // Σσ² and Σσ⁴ from the Gram matrix: the polynomial takes values above 1e-2 into about [0.68, 1.13] (Jordan et al. 2024).
        (double second, double fourth) = (0, 0);
        for (int i = 0; i < cols; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                double g = 0;
                for (int k = 0; k < rows; k++)
                {
                    g += (double)result[k, i] * result[k, j];
                }

                second += i == j ? g : 0;
                fourth += g * g;
            }
        }

        Assert.InRange(second / cols, 0.65, 1.2);
        Assert.InRange((fourth / cols) - (second / cols * (second / cols)), 0, 0.1);
    }

    private static float[,] Normal(int rows, int cols)
    {
        CounterRandom random = new(7, "newton-schulz");
        float[,] y = new float[rows, cols];
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                y[i, j] = random.NextNormal();
                sum += y[i, j] * y[i, j];
            }
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < cols; j++)
            {
                y[i, j] /= (float)Math.Sqrt(sum);
            }
        }

        return y;
    }

    private static void ForEach(float[,] y, Action<int, int, float> action)
    {
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
            {
                action(i, j, y[i, j]);
            }
        }
    }
}
