using System.Runtime.Intrinsics;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed unsafe class SearchTests
{
    private const int Count = 32;

    private static readonly float[] X = Seeded.Values(Count, seed: 1);
    private static readonly float[] W = [.. Seeded.Values(Count, seed: 2).Select(MathF.Abs)];

    [Fact]
    public void A_level_found_is_the_nearest_and_its_code_its_place()
    {
        Nearest<Ternary>([-1, 0, 1]);
        Nearest<Signed3>([.. Enumerable.Range(-4, 8)]);
        Nearest<Signed4>([.. Enumerable.Range(-8, 16)]);
        Nearest<Signed5>([.. Enumerable.Range(-16, 32)]);
        Nearest<Signed6>([.. Enumerable.Range(-32, 64)]);
        Nearest<Signed8>([.. Enumerable.Range(-127, 255)]);
        Nearest<Nonlinear4>([-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]);
        Nearest<Float4>([0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6]);
    }

    [Theory]
    [InlineData(0.25f, 0f)]
    [InlineData(0.75f, 1f)]
    [InlineData(1.25f, 1f)]
    [InlineData(1.75f, 2f)]
    [InlineData(2.5f, 2f)]
    [InlineData(3.5f, 4f)]
    [InlineData(5f, 4f)]
    [InlineData(-5f, -4f)]
    public void A_tie_between_E2M1_levels_goes_to_the_even_code(float x, float level) =>
        Assert.Equal(level, Float4.Nearest(Vector512.Create(x))[0]);

    [Fact]
    public void The_extremes_are_the_lowest_and_the_highest()
    {
        for (int place = 0; place < Count; place++)
        {
            float[] x = [.. X];
            x[place] = 9;
            x[(place + 5) % Count] = -10;
            fixed (float* values = x)
            {
                Assert.Equal(new(-10, 9), Extremes.Of(values, Count));
                Assert.Equal(-10, Extremes.Of(values, Count).Furthest);
            }
        }
    }

    [Fact]
    public void The_sums_and_errors_of_a_scale_are_their_definitions_to_the_bit()
    {
        const float Scale = 0.3f;
        float[] q = [.. X.Select(x => Math.Clamp(MathF.Round(x * (1 / Scale)), -4, 3))];
        fixed (float* x = X, w = W)
        {
            ScaleSearch<Signed3>.Sums(x, w, Count, 1 / Scale, out ScaleSums sums);
            float error = ScaleSearch<Signed3>.Error(x, w, Count, Scale);

            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd(W[i] * q[i], q[i], sum)), sums.QQ);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd(W[i] * q[i], X[i], sum)), sums.XQ);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd((X[i] - (q[i] * Scale)) * W[i], X[i] - (q[i] * Scale), sum)), error);
        }
    }

    [Fact]
    public void The_sums_and_errors_of_a_line_are_their_definitions_to_the_bit()
    {
        Line line = new(0.6f, -1.1f);
        float[] above = [.. X.Select(x => x - line.Min)];
        float[] q = [.. above.Select(a => Math.Clamp(MathF.Round(a * (1 / line.Scale)), 0, 3))];
        fixed (float* x = X, w = W)
        {
            ValueSums values = LineSearch.Sums(x, w, Count);
            LineSearch.Sums(x, w, Count, 3, line, out CodeSums codes);
            float error = LineSearch.Error(x, w, Count, 3, line);

            Bits.Equal(Sum((i, sum) => sum + W[i]), values.W);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd(W[i], X[i], sum)), values.X);
            Bits.Equal(Sum((i, sum) => sum + (W[i] * q[i])), codes.Q);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd(W[i] * q[i], q[i], sum)), codes.QQ);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd(W[i] * q[i], X[i], sum)), codes.XQ);
            Bits.Equal(Sum((i, sum) => MathF.FusedMultiplyAdd((above[i] - (q[i] * line.Scale)) * W[i], above[i] - (q[i] * line.Scale), sum)), error);
        }
    }

    [Fact]
    public void The_scale_found_is_as_good_as_any_of_a_thousand()
    {
        fixed (float* x = X, w = W)
        {
            float error = ScaleSearch<Signed4>.Error(x, w, Count, ScaleSearch<Signed4>.Best(x, w, Count));
            for (int k = 1; k <= 1000; k++)
            {
                float other = MathF.Min(ScaleSearch<Signed4>.Error(x, w, Count, k * 0.0005f), ScaleSearch<Signed4>.Error(x, w, Count, k * -0.0005f));

                Assert.True(error < 1.1f * other, $"{error} where ±{k * 0.0005f} gives {other}");
            }
        }
    }

    [Fact]
    public void The_line_found_is_as_good_as_any_of_ten_thousand()
    {
        fixed (float* x = X, w = W)
        {
            float error = LineSearch.Error(x, w, Count, 3, LineSearch.Descending(x, w, Count, 3));
            for (int k = 0; k < 10_000; k++)
            {
                float other = LineSearch.Error(x, w, Count, 3, new(0.02f * (1 + (k % 100)), -0.03f * (k / 100)));

                Assert.True(error < 1.1f * other, $"{error} where line {k} gives {other}");
            }
        }
    }

    private static void Nearest<TGrid>(float[] levels)
        where TGrid : struct, IGrid<TGrid>
    {
        CounterRandom random = new(3, typeof(TGrid).Name);
        for (int round = 0; round < 2000; round++)
        {
            float x = (random.NextSingle() - 0.5f) * 2.4f * levels.Max(MathF.Abs);

            float level = TGrid.Nearest(Vector512.Create(x))[0];
            int code = TGrid.Codes(Vector512.Create(x))[15];

            Assert.Equal(levels.Min(other => MathF.Abs(x - other)), MathF.Abs(x - level));
            Assert.Equal(levels[code], level);
        }
    }

    // Element i belongs to lane i mod 16; then the tree.
    private static float Sum(Func<int, float, float> add)
    {
        float[] lanes = new float[Lanes.Width];
        for (int i = 0; i < Count; i++)
        {
            lanes[i % Lanes.Width] = add(i, lanes[i % Lanes.Width]);
        }

        return Lanes.Sum(lanes.AsSpan());
    }
}
