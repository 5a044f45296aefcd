using Sputnik.Tasks;
using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class RecordedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-record-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Everything_a_run_wrote_is_read_in_order()
    {
        RecordedRun run = RunSketch.Write(Path.Combine(_folder, "run"));

        Assert.Equal(RunSketch.PretrainSteps + RunSketch.ZeroSteps, run.Steps.Length);
        Assert.Equal([0, 10, 20, 30, 40], run.EvaluationsOn(Split.Validation).Select(e => e.Step));
        Assert.Equal(RunSketch.ZeroSteps, run.Rollouts.Length);
        Assert.Equal("sketch", run.Recipe.Name);
        Assert.Equal(1.2, run.Summary?.CpuHours);
    }

    [Fact]
    public void A_line_in_the_making_is_left_out()
    {
        string folder = Path.Combine(_folder, "run");
        RunSketch.Write(folder);
        File.AppendAllText(Path.Combine(folder, "metrics.jsonl"), "{\"stage\":\"zero\",\"st");

        RecordedRun run = RecordedRun.Read(folder);

        Assert.Equal(RunSketch.PretrainSteps + RunSketch.ZeroSteps, run.Steps.Length);
    }

    [Fact]
    public void A_damaged_line_is_named()
    {
        string folder = Path.Combine(_folder, "run");
        RunSketch.Write(folder);
        File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), "{}\n");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => RecordedRun.Read(folder));

        Assert.Contains("metrics.jsonl: line 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_run_is_said_to_have_none()
    {
        DirectoryNotFoundException error = Assert.Throws<DirectoryNotFoundException>(() => RecordedRun.Read(_folder));

        Assert.Contains("holds no run", error.Message, StringComparison.Ordinal);
    }
}
