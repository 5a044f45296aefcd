using Sputnik.Tensors;

namespace Sputnik.Tests.Tensors;

public sealed class LinearGradientTests
{
    [Fact]
    public void Linear_agrees_with_central_differences()
    {
        using Weight w = Seeded.Weight("w", 4, 6, seed: 3);

        GradientCheck.Passes((op, x) => op.Linear(x, w), rows: 3, cols: 6, [w]);
    }
}
