using Sputnik.Fuzz;

namespace Sputnik.Tests.Text;

public sealed class TokenizerFuzzTests
{
    [Fact]
    public void A_damaged_file_is_refused_or_works()
    {
        FuzzReport report = new FuzzRun(new TokenizerTarget(), seed: 20261127).Run(first: 0, count: 1_000);

        Assert.Empty(report.Failures);
        Assert.InRange(report.Refused, 300, 999);
    }
}
