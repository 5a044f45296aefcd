using System.Diagnostics;

namespace Sputnik.EndToEnd.Tests.Page;

/// <summary>The modules of the page that need no browser, tested by node (tests/page).</summary>
public sealed class ModuleTests
{
    [Fact]
    public async Task The_modules_pass_their_own_tests()
    {
        string? node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(node is null, "node is not installed.");
        ProcessStartInfo start = new(node!, ["--test", "--test-reporter=spec", .. Directory.GetFiles(Repository.File("tests/page"), "*.test.js").Order(StringComparer.Ordinal)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.DoesNotContain("ℹ pass 0", output, StringComparison.Ordinal);
    }
}
