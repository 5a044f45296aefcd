using System.Runtime.Intrinsics;
using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Tests.Generation;

public sealed class PreciseTests
{
    private const double Ulp = 2.3e-16;

    [Fact]
    public void Exp_is_within_a_few_last_bits()
    {
        CounterRandom random = new(1, "exp");
        double worst = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double x = -700 * random.NextDouble() * random.NextDouble(), expected = Math.Exp(x);
            worst = Math.Max(worst, Math.Abs(Precise.Exp(x) - expected) / expected);
        }

        Assert.InRange(worst, 0, 4 * Ulp);
    }

    [Fact]
    public void Exp_is_exact_at_its_ends()
    {
        Assert.Equal(1, Precise.Exp(0));
        Assert.Equal(Vector256.Create(1.0, 0, 0, 0), Precise.Exp(Vector256.Create(0, -701, -1e300, double.NegativeInfinity)));
        Assert.InRange(Precise.Exp(2), Math.Exp(2) - 4e-15, Math.Exp(2) + 4e-15);
    }

    [Fact]
    public void Log_undoes_exp()
    {
        CounterRandom random = new(1, "log");
        Assert.Equal(0, Precise.Log(1));
        double worst = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double x = Math.Exp(20 * random.NextDouble()), expected = Math.Log(x);
            worst = Math.Max(worst, Math.Abs(Precise.Log(x) - expected) / Math.Max(1, expected));
        }

        Assert.InRange(worst, 0, 4 * Ulp);
    }
}
