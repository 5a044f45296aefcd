namespace Sputnik.Tests.Text;

public sealed class TokenizerFuzzTests
{
    [Fact]
    public void A_damaged_file_is_refused_or_works()
    {
        int refused = TokenizerFuzz.Run(count: 1_000, seed: 20261127);

        Assert.InRange(refused, 300, 999);
    }
}
