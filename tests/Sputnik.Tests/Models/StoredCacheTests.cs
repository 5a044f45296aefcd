using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>What a rounded cache does to what golden models say: the mean divergence from the same model over a cache in float32.</summary>
public sealed class StoredCacheTests
{
    // Rounding moves what a gate sees: below this margin a near tie may fall to another expert.
    private const double FirmMargin = 0.02;

    [Theory]
    [InlineData("tiny-qwen2-tied", KvType.BF16, 2e-4)]
    [InlineData("tiny-qwen2-tied", KvType.Q8_0, 2e-3)]
    [InlineData("tiny-ds3-grp", KvType.BF16, 1e-3)]
    [InlineData("tiny-ds3-grp", KvType.Q8_0, 1.6e-2)]
    public void Rounding_hardly_moves_a_models_predictions(string model, KvType type, double most)
    {
        string path = QuantisedGolden.File(model, "BF16");
        bool[] firm = [.. QuantisedGolden.Margins(path).Select(margin => margin > FirmMargin)];
        double[][] exact = Firm(QuantisedGolden.LogProbabilities(path));
        double[][] rounded = Firm(QuantisedGolden.LogProbabilities(path, type));

        Assert.InRange(QuantisedGolden.Divergence(exact, rounded), double.Epsilon, most);

        double[][] Firm(double[][] rows) => [.. rows.Where((_, position) => firm[position])];
    }
}
