using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class HeadProjectTests
{
    [Theory]
    [InlineData(3, 32, 16, 16, 48)]
    [InlineData(2, 5, 1, 3, 7)]
    [InlineData(4, 24, 8, 16, 20)]
    public void Both_directions_are_their_sums_to_the_bit(int heads, int stride, int start, int count, int wide)
    {
        using Arena arena = new();
        using Workers workers = new(2);
        using Weight w = Seeded.Weight("w", heads * stride, wide, seed: 4);
        Ops op = new(arena, workers);
        Tensor x = Seeded.Tensor(arena, 37, heads * wide, seed: 1);
        Tensor z = Seeded.Tensor(arena, 37, heads * count, seed: 2);

        Tensor narrow = op.HeadProject(x, w, heads, start, count);
        Tensor widened = op.HeadProjectTransposed(z, w, heads, start, count);

        for (int r = 0; r < 37; r++)
        {
            for (int h = 0; h < heads; h++)
            {
                for (int o = 0; o < count; o++)
                {
                    float sum = Chain(wide, i => (x[r][(h * wide) + i], w.Values[((((h * stride) + start + o) * wide) + i)]));
                    Assert.Equal(sum, narrow[r][(h * count) + o]);
                }

                for (int i = 0; i < wide; i++)
                {
                    float sum = Chain(count, o => (z[r][(h * count) + o], w.Values[((((h * stride) + start + o) * wide) + i)]));
                    Assert.Equal(sum, widened[r][(h * wide) + i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 5, 1, 3, 7)]
    [InlineData(2, 16, 0, 16, 16)]
    public void Both_directions_agree_with_central_differences(int heads, int stride, int start, int count, int wide)
    {
        using Weight w = Seeded.Weight("w", heads * stride, wide, seed: 4);

        GradientCheck.Passes((op, x) => op.HeadProject(x, w, heads, start, count), rows: 3, heads * wide, [w]);
        GradientCheck.Passes((op, x) => op.HeadProjectTransposed(x, w, heads, start, count), rows: 3, heads * count, [w]);
    }

    [Fact]
    public void Folding_the_latent_into_the_queries_is_unfolding_it_into_keys_and_values()
    {
        const int heads = 2, nope = 6, value = 5, latent = 8, rows = 70;
        using Arena arena = new();
        using Workers workers = new(1);
        using Weight up = Seeded.Weight("up", heads * (nope + value), latent, seed: 4);
        using KvCache expandedCache = new(new KvShape(1, heads, nope, value), 2, 1, 128);
        using KvCache absorbedCache = new(new KvShape(1, 1, latent, latent), 2, 1, 128);
        Batch batch = new(rows);
        batch.Add(new int[rows], expandedCache.Open());
        expandedCache.Extend(0, rows);
        absorbedCache.Extend(absorbedCache.Open(), rows);
        Ops op = new(arena, workers);
        Tensor q = Seeded.Tensor(arena, rows, heads * nope, seed: 1);
        Tensor c = Seeded.Tensor(arena, rows, latent, seed: 2);

        Tensor both = op.Linear(c, up);
        Tensor k = op.Slice(both, heads, 0, nope);
        Tensor v = op.Slice(both, heads, nope, value);
        Tensor expanded = op.Attention(q, k, v, batch, expandedCache, 0, heads, 0.4f);
        Tensor folded = op.HeadProjectTransposed(q, up, heads, 0, nope);
        Tensor mixed = op.Attention(folded, c, c, batch, absorbedCache, 0, heads, 0.4f);
        Tensor absorbed = op.HeadProject(mixed, up, heads, nope, value);

        for (int i = 0; i < expanded.Span.Length; i++)
        {
            Assert.Equal(expanded.Span[i], absorbed.Span[i], 1e-4f);
        }
    }

    private static float Chain(int count, Func<int, (float A, float B)> factors)
    {
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            (float a, float b) = factors(i);
            sum = MathF.FusedMultiplyAdd(a, b, sum);
        }

        return sum;
    }
}
