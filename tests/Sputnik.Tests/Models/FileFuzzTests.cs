using Sputnik.Fuzz;

namespace Sputnik.Tests.Models;

public sealed class FileFuzzTests
{
    [Theory]
    [InlineData("gguf")]
    [InlineData("safetensors")]
    public void A_damaged_file_is_refused_or_works(string target)
    {
        FuzzReport report = new FuzzRun(FuzzTargets.Create(target), seed: 20261127).Run(first: 0, count: 2_000);

        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.InRange(report.Accepted, 100, 1_000);
    }

    [Fact]
    public void A_case_depends_on_seed_and_number_alone()
    {
        FuzzReport first = new FuzzRun(new GgufTarget(), seed: 3).Run(first: 0, count: 60);
        FuzzReport again = new FuzzRun(new GgufTarget(), seed: 3).Run(first: 0, count: 40);
        FuzzReport rest = new FuzzRun(new GgufTarget(), seed: 3).Run(first: 40, count: 20);

        Assert.Equal(first.Accepted, again.Accepted + rest.Accepted);
        Assert.Equal(first.Places.Values.Sum(), again.Places.Values.Sum() + rest.Places.Values.Sum());
    }
}
