using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>What a rounded cache does to what golden models say.</summary>
public sealed class StoredCacheTests
{
    [Theory]
    [InlineData("tiny-qwen2-tied", KvType.BF16, 1e-4)]
    [InlineData("tiny-qwen2-tied", KvType.Q8_0, 2e-3)]
    [InlineData("tiny-ds3-grp", KvType.BF16, 1e-2)]
    [InlineData("tiny-ds3-grp", KvType.Q8_0, 3e-2)]
    public void Rounding_hardly_moves_a_models_predictions(string model, KvType type, double most)
    {
        string path = QuantisedGolden.File(model, "BF16");
        double[][] exact = QuantisedGolden.LogProbabilities(path);

        double[][] rounded = QuantisedGolden.LogProbabilities(path, type);

        Assert.InRange(QuantisedGolden.Divergence(exact, rounded), double.Epsilon, most);
    }
}
