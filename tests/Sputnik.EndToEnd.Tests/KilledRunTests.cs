using System.Diagnostics;
using Sputnik.Generation;
using Sputnik.Models;

namespace Sputnik.EndToEnd.Tests;

/// <summary>A run killed without warning loses nothing but the steps since its last checkpoint.</summary>
public sealed class KilledRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_run_killed_and_resumed_ends_in_the_weights_of_one_that_was_not(int threads, int threadsLater)
    {
        string whole = _folder.In("whole"), killed = _folder.In("killed");
        (int Code, string Output, string Error) undisturbed = await SputnikProcess.Run(Train(whole, threads), Cancellation);

        await KillAfterLines(Train(killed, threads), lines: 14);
        (int Code, string Output, string Error) resumed = await SputnikProcess.Run(
            ["train", "--resume", killed, "--ignore-gate", "--json", "--threads", $"{threadsLater}"], Cancellation);

        Assert.Equal((0, ""), (undisturbed.Code, undisturbed.Error));
        Assert.Equal((0, ""), (resumed.Code, resumed.Error));
        Assert.Equal(WeightsOf(whole), WeightsOf(killed));
    }

    private static string[] Train(string folder, int threads) =>
        ["train", Repository.File("recipes/zero-mini"), "--out", folder, "--ignore-gate", "--json", "--threads", $"{threads}"];

    /// <summary>Each line is an event of the run: after so many of them the process gets SIGKILL.</summary>
    private static async Task KillAfterLines(string[] arguments, int lines)
    {
        using Process process = SputnikProcess.Start(arguments);
        for (int i = 0; i < lines && await process.StandardOutput.ReadLineAsync(Cancellation) is not null; i++)
        {
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(Cancellation);
    }

    private static string WeightsOf(string run)
    {
        using LoadedModel loaded = LoadedModel.Open(Path.Combine(run, "model"));
        return WeightHash.Of(loaded.Model);
    }
}
