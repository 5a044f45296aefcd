using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors.Quantised;

public sealed unsafe class QuantiseKernelTests
{
    // Sixteen blocks at once, then what is left of a row: none, some, or all of it.
    [Theory]
    [InlineData(32)]
    [InlineData(256)]
    [InlineData(288)]
    [InlineData(1024)]
    public void Rows_equal_the_definition_to_the_bit(int cols)
    {
        using Arena arena = new();
        Tensor x = Seeded.Tensor(arena, 3, cols, seed: 9);
        float[] odd = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, 1e-40f, 3e38f, -1e-30f];
        for (int i = 0; i < odd.Length; i++)
        {
            // One value among others, and a block of nothing else.
            x.Span[(cols + (i * 37)) % x.Span.Length] = odd[i];
            x.Span.Slice((2 * cols) + (i * 16 % cols), 16).Fill(odd[i]);
        }

        byte[] memory = GC.AllocateArray<byte>(2 * (int)QuantisedRows.Bytes(x.Rows, cols), pinned: true);
        fixed (byte* at = memory)
        {
            QuantisedRows expected = QuantisedRows.Over(at, x.Rows, cols);
            QuantisedRows actual = QuantisedRows.Over(at + QuantisedRows.Bytes(x.Rows, cols), x.Rows, cols);
            for (int row = 0; row < x.Rows; row++)
            {
                for (int block = 0; block < cols / 16; block++)
                {
                    expected.Scales(row)[block] = QuantiseKernel.Scalar(x.RowAt(row) + (block * 16), expected.Codes(row) + (block * 16), expected.Sums(row) + block);
                }
            }

            QuantiseKernel.Rows(x.Data, 0, x.Rows, actual);

            int blocks = x.Rows * cols / 16;
            Assert.Equal(new ReadOnlySpan<sbyte>(expected.Codes(0), x.Rows * cols).ToArray(), new ReadOnlySpan<sbyte>(actual.Codes(0), x.Rows * cols).ToArray());
            Assert.Equal(new ReadOnlySpan<int>(expected.Sums(0), blocks).ToArray(), new ReadOnlySpan<int>(actual.Sums(0), blocks).ToArray());
            Assert.Equal(new ReadOnlySpan<float>(expected.Scales(0), blocks).ToArray(), new ReadOnlySpan<float>(actual.Scales(0), blocks).ToArray());
        }
    }
}
