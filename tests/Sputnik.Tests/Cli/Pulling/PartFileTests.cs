using Sputnik.Cli;

namespace Sputnik.Tests.Cli.Pulling;

public sealed class PartFileTests : IDisposable
{
    private static readonly HubFile File = new("m.gguf", 25, new(new string('a', 64)));

    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-part-").FullName;

    private string Target => Path.Combine(_root, "m.gguf");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_was_kept_is_there_in_the_next_run()
    {
        await Begin();

        using PartFile again = PartFile.Open(Target, File, 10);

        Assert.Equal(7, again.BytesDone);
        Assert.Equal((17, 20), again.Rest(1));
        Assert.Equal((20, 25), again.Rest(2));
        Assert.Equal(7, PartFile.BytesOf(Target, File));
    }

    [Fact]
    public async Task Bytes_of_another_content_are_forgotten()
    {
        await Begin();

        Assert.Equal(0, PartFile.BytesOf(Target, File with { Digest = new(new string('b', 64)) }));
        Assert.Equal(0, PartFile.BytesOf(Target, File with { Size = 26 }));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"size": 25, "digest": "DIGEST", "chunkBytes": 10, "done": null}""")]
    [InlineData("""{"size": 25, "digest": "DIGEST", "chunkBytes": 10, "done": [1]}""")]
    [InlineData("""{"size": 25, "digest": "DIGEST", "chunkBytes": 10, "done": [0, 0, 6]}""")]
    [InlineData("""{"size": 25, "digest": "DIGEST", "chunkBytes": 10, "done": [-1, 0, 0]}""")]
    [InlineData("""{"size": 25, "digest": "DIGEST", "chunkBytes": 0, "done": []}""")]
    public async Task A_state_that_cannot_be_is_forgotten(string state)
    {
        await Begin();
        System.IO.File.WriteAllText(Target + ".part.json", state.Replace("DIGEST", File.Digest.Hex, StringComparison.Ordinal));

        using PartFile again = PartFile.Open(Target, File, 10);

        Assert.Equal(0, again.BytesDone);
    }

    [Fact]
    public void Two_at_once_are_refused()
    {
        using PartFile first = PartFile.Open(Target, File, 10);

        Assert.Throws<IOException>(() => PartFile.Open(Target, File, 10));
    }

    private async Task Begin()
    {
        using PartFile part = PartFile.Open(Target, File, 10);
        await part.Append(1, new byte[7], TestContext.Current.CancellationToken);
        part.Save();
    }
}
