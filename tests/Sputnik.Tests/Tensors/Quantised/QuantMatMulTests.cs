using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors.Quantised;

public sealed unsafe class QuantMatMulTests
{
    private const int In = 1280;

    public static TheoryData<WeightFormat> Coded => [.. WeightFormats.All.Where(format => format.IsCoded())];

    [Theory]
    [MemberData(nameof(Coded))]
    public void Kernels_equal_the_definition_to_the_bit(WeightFormat format)
    {
        using Workers workers = new(2);
        using Arena arena = new();
        foreach (int @out in (int[])[1, 16, 37])
        {
            byte[] blocks = StoredWeight.Bytes(format, @out, In);
            using Weight weight = Weight.Frozen("w", @out, In, format, StoredBytes.Copy(blocks));
            foreach (int rows in (int[])[1, 2, 3, 4, 6, 7, 13])
            {
                Tensor x = Seeded.Tensor(arena, rows, In, (ulong)rows);
                Tensor y = arena.Allocate(rows, @out);

                MatMul.Forward(workers, x, weight, y);

                Assert.Equal(Definition(format, blocks, x, @out), y.Span.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Coded))]
    public void The_product_is_that_of_the_decoded_weight_but_for_the_rounding_of_the_row(WeightFormat format)
    {
        using Workers workers = new(1);
        using Arena arena = new();
        using Weight weight = Weight.Frozen("w", 48, In, format, StoredBytes.Copy(StoredWeight.Bytes(format, 48, In)));
        using Weight decoded = new("w", 48, In);
        weight.Values.CopyTo(decoded.Values);
        Tensor x = Seeded.Tensor(arena, 3, In, seed: 5);
        Tensor y = arena.Allocate(3, 48), exact = arena.Allocate(3, 48);

        MatMul.Forward(workers, x, weight, y);
        MatMul.Forward(workers, x, decoded, exact);

        double error = 0, power = 0;
        for (int i = 0; i < y.Span.Length; i++)
        {
            error += Math.Pow(y.Span[i] - exact.Span[i], 2);
            power += Math.Pow(exact.Span[i], 2);
        }

        Assert.InRange(Math.Sqrt(error / power), 0, 0.01);
    }

    [Theory]
    [MemberData(nameof(Coded))]
    public void Groups_equal_single_products(WeightFormat format)
    {
        using Workers workers = new(3);
        using Arena arena = new();
        using Weight a = Weight.Frozen("a", 40, In, format, StoredBytes.Copy(StoredWeight.Bytes(format, 40, In)));
        using Weight b = Weight.Frozen("b", 24, In, format, StoredBytes.Copy(StoredWeight.Bytes(format, 24, In)));
        Tensor x = Seeded.Tensor(arena, 5, In, seed: 5);
        Tensor ya = arena.Allocate(5, 40), yb = arena.Allocate(5, 24), alone = arena.Allocate(5, 24);

        MatMul.ForwardGroup(workers, [new(x.Data, 5, a, ya.Data), new(x.Data, 0, b, yb.Data), new(x.Data, 5, b, yb.Data)]);
        MatMul.Forward(workers, x, b, alone);

        Assert.Equal(alone.Span.ToArray(), yb.Span.ToArray());
    }

    private static float[] Definition(WeightFormat format, byte[] blocks, Tensor x, int @out)
    {
        byte[] memory = GC.AllocateArray<byte>((int)QuantisedRows.Bytes(x.Rows, In), pinned: true);
        float[] y = new float[x.Rows * @out];
        fixed (byte* stored = blocks, to = memory)
        {
            QuantisedRows rows = QuantisedRows.Over(to, x.Rows, In);
            for (int row = 0; row < x.Rows; row++)
            {
                for (int block = 0; block < In / 16; block++)
                {
                    rows.Scales(row)[block] = QuantiseKernel.Scalar(x.RowAt(row) + (block * 16), rows.Codes(row) + (block * 16), rows.Sums(row) + block);
                }

                for (int o = 0; o < @out; o++)
                {
                    y[(row * @out) + o] = QuantDefinition.Dot(format, stored + (o * format.RowBytes(In)), rows, row);
                }
            }
        }

        return y;
    }
}
