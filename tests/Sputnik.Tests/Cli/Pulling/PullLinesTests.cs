using Sputnik.Cli;

namespace Sputnik.Tests.Cli.Pulling;

public sealed class PullLinesTests
{
    [Fact]
    public void A_line_a_file_and_one_for_each_tenth()
    {
        using StringWriter output = new() { NewLine = "\n" };
        PullLines lines = new(output, new Seconds());
        HubFile file = new("model.gguf", 2_000_000, new(new string('a', 64)));

        lines.Started(1, 1_000_000);
        lines.FileStarted(file, 1_000_000);
        for (int i = 0; i < 100; i++)
        {
            lines.Moved(i == 50 ? 9_000 : 10_000);
        }

        lines.Moved(1_000);
        lines.Checking(file);
        lines.FileDone(file);

        string[] told = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("1 file, 1 MB to come", told[0]);
        Assert.Equal("model.gguf: 2 MB, 50 % of it here already", told[1]);
        Assert.Equal("10 %, 100 KB/s, 9.0 s left", told[2]);
        Assert.Equal(["model.gguf: checking SHA-256", "model.gguf: done"], told[^2..]);
        Assert.Equal(2 + 9 + 2, told.Length);
    }

    /// <summary>Each reading is a second after the last.</summary>
    private sealed class Seconds : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
