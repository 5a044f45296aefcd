using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class RowOpsGradientTests
{
    [Fact]
    public void Add_agrees_with_central_differences()
    {
        using Weight w = Seeded.Weight("w", 5, 5, seed: 1);

        GradientCheck.Passes((op, x) => op.Add(op.Add(x, x), op.Linear(x, w)), rows: 3, cols: 5, [w]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(37)]
    public void Bias_agrees_with_central_differences(int width)
    {
        using Weight bias = Seeded.Weight("bias", 1, width, seed: 1);

        GradientCheck.Passes((op, x) => op.Bias(x, bias), rows: 3, cols: width, [bias]);
    }

    [Fact]
    public void A_bias_of_another_width_is_refused()
    {
        using Weight bias = Seeded.Weight("bias", 1, 4, seed: 1);
        using Arena arena = new();
        using Workers workers = new(1);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new Ops(arena, workers).Bias(arena.Allocate(2, 5), bias));

        Assert.Contains("rows have 5 columns", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embed_agrees_with_central_differences()
    {
        using Weight table = Seeded.Weight("table", 4, 6, seed: 1);
        Batch batch = new(5);
        batch.Add([2, 0, 2, 3, 2], sequence: 0);

        GradientCheck.Passes((op, x) => op.Add(x, op.Embed(table, batch)), rows: 5, cols: 6, [table]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(32)]
    public void RmsNorm_agrees_with_central_differences(int width)
    {
        using Weight gain = Seeded.Weight("gain", 1, width, seed: 1, scale: 1);

        GradientCheck.Passes((op, x) => op.RmsNorm(x, gain, 1e-5f), rows: 3, cols: 2 * width, [gain]);
    }

    [Theory]
    [InlineData(8, 8, 0, true)]
    [InlineData(8, 8, 0, false)]
    [InlineData(44, 38, 4, true)]
    [InlineData(44, 38, 4, false)]
    public void Rope_agrees_with_central_differences(int headCols, int dim, int start, bool interleaved)
    {
        RopeTable table = new(dim, theta: 100, maxLength: 12, interleaved);
        Batch batch = new(3);
        batch.Add([0, 0], sequence: 0, position: 9);
        batch.Add([0], sequence: 1, position: 1);

        GradientCheck.Passes((op, x) => op.Rope(x, batch, table, headCols, start), rows: 3, cols: 2 * headCols, []);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(18)]
    public void SwiGlu_agrees_with_central_differences(int width)
    {
        using Weight up = Seeded.Weight("up", width, width, seed: 1);

        GradientCheck.Passes((op, x) => op.SwiGlu(x, op.Linear(x, up)), rows: 2, cols: width, [up], tolerance: 2e-3);
    }

    [Fact]
    public void Slice_agrees_with_central_differences() =>
        GradientCheck.Passes((op, x) => op.Slice(x, groups: 3, start: 1, count: 2), rows: 2, cols: 15, []);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Join_agrees_with_central_differences(bool shared)
    {
        using Weight w = Seeded.Weight("w", shared ? 3 : 9, 12, seed: 1);

        GradientCheck.Passes((op, x) => op.Join(x, op.Linear(x, w), groups: 3, shared), rows: 2, cols: 12, [w]);
    }

    [Fact]
    public void Rows_agrees_with_central_differences() =>
        GradientCheck.Passes((op, x) => op.Rows(x, [3, 1, 3]), rows: 4, cols: 5, []);
}
