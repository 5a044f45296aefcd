using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_latest_is_what_was_written_last_and_two_are_kept()
    {
        CheckpointStore store = new(_folder);

        foreach (long step in new long[] { 90, 100, 1000 })
        {
            store.Write(State(step), folder => File.WriteAllText(Path.Combine(folder, "weights"), $"of {step}"));
        }

        Assert.Equal("of 1000", Latest(store));
        Assert.Equal(["000100-zero", "001000-zero"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_death_between_any_two_acts_leaves_a_whole_checkpoint(int acts)
    {
        CheckpointStore store = new(_folder);
        store.Write(State(1), folder => File.WriteAllText(Path.Combine(folder, "weights"), "of 1"));
        RunState next = State(2);
        Action[] all = [() => store.Prepare(next, folder => File.WriteAllText(Path.Combine(folder, "weights"), "of 2")), () => store.Publish(next), () => store.Point(next)];

        foreach (Action act in all.Take(acts))
        {
            act();
        }

        Assert.Equal(acts < 3 ? "of 1" : "of 2", Latest(store));
        store.Write(State(2), folder => File.WriteAllText(Path.Combine(folder, "weights"), "of 2"));
        store.Write(State(3), folder => File.WriteAllText(Path.Combine(folder, "weights"), "of 3"));
        Assert.Equal("of 3", Latest(store));
        Assert.Equal(["000002-zero", "000003-zero"], Directory.GetDirectories(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_checkpoint_before()
    {
        CheckpointStore store = new(_folder);
        store.Write(State(1), folder => File.WriteAllText(Path.Combine(folder, "weights"), "of 1"));

        Assert.Throws<IOException>(() => store.Write(State(2), folder =>
        {
            File.WriteAllText(Path.Combine(folder, "weights"), "half of 2");
            throw new IOException("disk full");
        }));

        Assert.Equal("of 1", Latest(store));
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        CheckpointStore store = new(_folder);
        store.Write(State(7), folder => File.WriteAllText(Path.Combine(folder, "weights"), "whole"));
        File.WriteAllText(Path.Combine(_folder, "000007-zero", "weights"), "wholf");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => store.Latest());

        Assert.StartsWith(Path.Combine(_folder, "000007-zero", "weights"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        CheckpointStore store = new(_folder);
        store.Write(State(7), folder => File.WriteAllText(Path.Combine(folder, "weights"), "whole"));
        File.Delete(Path.Combine(_folder, "000007-zero", "weights"));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => store.Latest());

        Assert.Contains("weights: the file is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_has_no_checkpoint() => Assert.Null(new CheckpointStore(_folder).Latest());

    private static RunState State(long step) => new() { Stage = "zero", Step = step, StageStep = step };

    private static string Latest(CheckpointStore store)
    {
        (RunState _, string folder) = Assert.NotNull(store.Latest());
        return File.ReadAllText(Path.Combine(folder, "weights"));
    }
}
