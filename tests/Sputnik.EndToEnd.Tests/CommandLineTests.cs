using System.Diagnostics;

namespace Sputnik.EndToEnd.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Asking_for_help_ends_with_0()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "sputnik.dll"), "--help"])
        {
            RedirectStandardOutput = true,
        };

        using Process process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
    }
}
