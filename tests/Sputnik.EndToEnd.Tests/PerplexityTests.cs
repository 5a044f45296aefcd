using System.Runtime.InteropServices;
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

    [Theory]
    [InlineData("f32", 0, 0)]
    [InlineData("bf16", 1e-9, 0.1)]
    [InlineData("q8_0", 1e-9, 0.1)]
    public async Task What_the_form_of_keys_and_values_costs_is_the_divergence_of_a_model_from_itself(string kv, double least, double most)
    {
        string model = Repository.File("models/sputnik-zero");

        (int code, string output, string error) = await SputnikProcess.Run(
            ["perplexity", model, Repository.File("LICENSE"), "--context", "128", "--against", model, "--kv", kv, "--json"], TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        Assert.InRange(JsonElement.Parse(output).GetProperty("divergence").GetProperty("mean").GetDouble(), least, most);
    }

    [Theory]
    [InlineData("bf16")]
    [InlineData("q8_0")]
    public async Task Logits_are_of_the_form_that_keys_and_values_are_kept_in(string kv)
    {
        using TemporaryFolder folder = new();
        float[] exact = await Logits(folder.In("f32.bin"), "f32"), rounded = await Logits(folder.In("rounded.bin"), kv);

        Assert.Equal(exact.Length, rounded.Length);
        double most = exact.Zip(rounded, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.InRange(most, 1e-5, 1);
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

    private static async Task<float[]> Logits(string path, string kv)
    {
        (int code, _, string error) = await SputnikProcess.Run(
            ["logits", Repository.File("models/sputnik-zero"), "--tokens", "10,20,30,40,50,60", "--kv", kv, "--out", path], TestContext.Current.CancellationToken);
        Assert.True(code == 0, error);
        return MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ToArray();
    }
}
