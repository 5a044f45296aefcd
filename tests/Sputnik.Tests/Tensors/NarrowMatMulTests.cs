using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

/// <summary>Weights of 8 and 16 bits against their decode definitions and against the same values in float32.</summary>
public sealed unsafe class NarrowMatMulTests
{
    [Fact]
    public void Every_half_widens_as_its_definition_says()
    {
        for (int first = 0; first < 0x10000; first += 16)
        {
            ushort[] halves = [.. Enumerable.Range(first, 16).Select(bits => (ushort)bits)];
            fixed (ushort* from = halves)
            {
                Vector512<float> half = NarrowF16.Load((byte*)from), brain = NarrowBf16.Load((byte*)from);
                for (int i = 0; i < 16; i++)
                {
                    Assert.Equal(BitConverter.SingleToUInt32Bits(F16.Decode(halves[i])), BitConverter.SingleToUInt32Bits(half[i]));
                    Assert.Equal(BitConverter.SingleToUInt32Bits(Bf16.Decode(halves[i])), BitConverter.SingleToUInt32Bits(brain[i]));
                }
            }
        }
    }

    [Fact]
    public void Every_byte_of_E4M3_widens_as_its_definition_says()
    {
        for (int first = 0; first < 256; first += 16)
        {
            byte[] bytes = [.. Enumerable.Range(first, 16).Select(bits => (byte)bits)];
            fixed (byte* from = bytes)
            {
                Vector512<float> values = NarrowF8E4M3.Load(from);
                for (int i = 0; i < 16; i++)
                {
                    Assert.Equal(BitConverter.SingleToUInt32Bits(F8E4M3.Decode(bytes[i])), BitConverter.SingleToUInt32Bits(values[i]));
                }
            }
        }
    }

    [Theory]
    [InlineData(WeightFormat.F16, 1, 32, 32)]
    [InlineData(WeightFormat.F16, 3, 70, 129)]
    [InlineData(WeightFormat.F16, 40, 96, 1024)]
    [InlineData(WeightFormat.BF16, 1, 33, 257)]
    [InlineData(WeightFormat.BF16, 17, 160, 512)]
    [InlineData(WeightFormat.F8E4M3, 1, 128, 128)]
    [InlineData(WeightFormat.F8E4M3, 5, 300, 260)]
    [InlineData(WeightFormat.F8E4M3, 30, 160, 512)]
    public void A_narrow_weight_multiplies_as_its_values_in_float32(WeightFormat format, int rows, int @out, int @in)
    {
        CounterRandom random = new(7, "narrow");
        using Weight narrow = Narrow(format, @out, @in, ref random);
        using Weight whole = new("w", @out, @in);
        narrow.Values.CopyTo(whole.Values);
        float[] x = [.. Enumerable.Range(0, rows * @in).Select(_ => random.NextSingle() - 0.5f)];

        foreach (int threads in (int[])[1, 3])
        {
            Assert.True(Product(x, rows, narrow, threads).SequenceEqual(Product(x, rows, whole, threads)));
        }
    }

    [Fact]
    public void A_group_may_hold_weights_of_every_kind()
    {
        CounterRandom random = new(8, "kinds");
        using Weight half = Narrow(WeightFormat.F16, 64, 64, ref random);
        using Weight coded = Coded(64, 64, ref random);
        using Weight whole = new("w", 64, 64);
        half.Values.CopyTo(whole.Values);
        using Arena arena = new();
        using Workers workers = new(2);
        Tensor x = arena.Allocate(2, 64), y = arena.Allocate(2, 4 * 64);
        foreach (ref float value in x.Span)
        {
            value = random.NextSingle();
        }

        Weight[] weights = [half, coded, whole, coded];
        MatMulPart[] parts = [.. weights.Select((w, i) => new MatMulPart(x.Data, 2, w, y.Data + (i * 2 * 64)))];
        MatMul.ForwardGroup(workers, parts);

        for (int i = 0; i < weights.Length; i++)
        {
            Tensor alone = arena.Allocate(2, 64);
            MatMul.Forward(workers, x, weights[i], alone);
            Assert.True(alone.Span.SequenceEqual(y.Span.Slice(i * 2 * 64, 2 * 64)));
        }
    }

    private static float[] Product(float[] x, int rows, Weight w, int threads)
    {
        using Arena arena = new();
        using Workers workers = new(threads);
        Tensor input = arena.Allocate(rows, w.In), y = arena.Allocate(rows, w.Out);
        x.CopyTo(input.Span);
        MatMul.Forward(workers, input, w, y);
        return y.Span.ToArray();
    }

    private static Weight Narrow(WeightFormat format, int @out, int @in, ref CounterRandom random)
    {
        float[] values = new float[@out * @in];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        byte[] bytes = new byte[@out * format.RowBytes(@in)];
        WeightFormats.Encode(format, values, bytes);
        if (format != WeightFormat.F8E4M3)
        {
            return Weight.Frozen("w", @out, @in, format, StoredBytes.Copy(bytes));
        }

        float[] scales = new float[(@out + 127) / 128 * ((@in + 127) / 128)];
        foreach (ref float scale in scales.AsSpan())
        {
            scale = 0.01f + random.NextSingle();
        }

        return Weight.Scaled("w", @out, @in, StoredBytes.Copy(bytes), StoredBytes.Copy(MemoryMarshal.AsBytes<float>(scales)));
    }

    private static Weight Coded(int @out, int @in, ref CounterRandom random)
    {
        float[] values = new float[@out * @in];
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        byte[] bytes = new byte[@out * WeightFormat.Q8_0.RowBytes(@in)];
        WeightFormats.Encode(WeightFormat.Q8_0, values, bytes);
        return Weight.Frozen("q", @out, @in, WeightFormat.Q8_0, StoredBytes.Copy(bytes));
    }
}
