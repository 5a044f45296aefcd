namespace Sputnik.EndToEnd.Tests;

public sealed class QuantizeTests
{
    [Fact]
    public async Task A_quantised_model_is_written_once_and_answers()
    {
        using TemporaryFolder folder = new();
        string[] quantize = ["quantize", Repository.File("models/sputnik-zero"), folder.In("zero.gguf"), "--type", "q8_0"];

        (int first, string said, _) = await SputnikProcess.Run(quantize, TestContext.Current.CancellationToken);
        (int second, _, string refused) = await SputnikProcess.Run(quantize, TestContext.Current.CancellationToken);
        (int third, string json, _) = await SputnikProcess.Run([.. quantize, "--force", "--json"], TestContext.Current.CancellationToken);
        (int ran, string answer, _) = await SputnikProcess.Run(
            ["run", "--model", quantize[2], "--temperature", "0", "Solve for x: 3x + 4 = 19."], TestContext.Current.CancellationToken);

        Assert.Equal((0, 2, 0, 0), (first, second, third, ran));
        Assert.Contains("Q8_0", said, StringComparison.Ordinal);
        Assert.Contains("--force", refused, StringComparison.Ordinal);
        Assert.Contains("\"bitsPerWeight\"", json, StringComparison.Ordinal);
        Assert.Contains("\\boxed{", answer, StringComparison.Ordinal);
    }
}
