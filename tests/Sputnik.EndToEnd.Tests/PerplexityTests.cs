using System.Text.Json;

namespace Sputnik.EndToEnd.Tests;

public sealed class PerplexityTests
{
    [Fact]
    public async Task A_model_is_scored_and_found_like_itself()
    {
        string model = Repository.File("models/sputnik-zero");

        (int code, string output, string error) = await SputnikProcess.Run(
            ["perplexity", model, Repository.File("LICENSE"), "--context", "128", "--against", model, "--json"], TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement report = document.RootElement;
        Assert.Equal(report.GetProperty("windowsInText").GetInt32(), report.GetProperty("windows").GetInt32());
        Assert.Equal(63 * report.GetProperty("windows").GetInt32(), report.GetProperty("score").GetProperty("tokens").GetInt32());
        Assert.True(report.GetProperty("score").GetProperty("perplexity").GetDouble() > 1);
        Assert.Equal(0, report.GetProperty("divergence").GetProperty("max").GetDouble());
        Assert.Equal(1, report.GetProperty("divergence").GetProperty("ratio").GetDouble());
    }

    [Fact]
    public async Task Memory_is_planned_for_the_context_asked_for()
    {
        (int code, string output, string error) = await SputnikProcess.Run(
            ["inspect", Repository.File("models/sputnik-zero"), "--context", "64", "--json"], TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement memory = document.RootElement.GetProperty("memory");
        Assert.Equal(64 * document.RootElement.GetProperty("cacheBytesPerToken").GetInt64(), memory.GetProperty("cache").GetInt64());
        Assert.Equal(
            memory.GetProperty("weights").GetInt64() + memory.GetProperty("cache").GetInt64() + memory.GetProperty("scratch").GetInt64(),
            memory.GetProperty("total").GetInt64());
    }
}
