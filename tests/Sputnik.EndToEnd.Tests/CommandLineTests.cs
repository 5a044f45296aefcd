namespace Sputnik.EndToEnd.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "quantize", "--help")]
    [InlineData(0, "logits", "--help")]
    [InlineData(2, "no-such-command")]
    [InlineData(2, "train", "no/such/recipe")]
    [InlineData(2, "run", "--model", "no/such/model", "Hello")]
    [InlineData(2, "run", "--threads", "none", "Hello")]
    public async Task The_exit_code_says_whose_fault_it_was(int expected, params string[] arguments)
    {
        (int code, _, string error) = await SputnikProcess.Run(arguments, TestContext.Current.CancellationToken);

        Assert.Equal(expected, code);
        Assert.Equal(expected == 0, error.Length == 0);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zero.stepz=3", "stepz")]
    [InlineData("zero.grpo.groupSize=1", "GroupSize")]
    [InlineData("pretrain.tokens=many", "tokens")]
    public async Task A_wrong_change_to_a_recipe_is_named(string change, string named)
    {
        (int code, _, string error) = await SputnikProcess.Run(
            ["train", Repository.File("recipes/zero-mini"), "--set", change], TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }
}
