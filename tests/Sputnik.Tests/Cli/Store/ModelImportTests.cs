using Sputnik.Cli;
using Sputnik.Tests.Cli.Hub;
using Sputnik.Tests.Cli.Pulling;

namespace Sputnik.Tests.Cli.Store;

public sealed class ModelImportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-import-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_GGUF_file_is_copied_and_known()
    {
        string source = Write("given/m.gguf", [.. "GGUF"u8, 3, .. new byte[40]]);

        PullReport report = await Import(source, "mine/m");

        string copy = Path.Combine(_root, "store", "m.gguf");
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(copy));
        Assert.Equal(45, report.BytesLoaded);
        Assert.Equal(copy, new StoredModel(report.Folder, Assert.IsType<ModelManifest>(ModelManifest.Read(report.Folder))).ToOpen(null));
        Assert.Equal(0, (await Import(source, "mine/m")).BytesLoaded);
    }

    [Fact]
    public async Task Of_a_folder_the_files_of_the_model_are_copied()
    {
        Write("given/config.json", "{}"u8.ToArray());
        Write("given/model.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]);
        Write("given/notes.txt", [1]);

        PullReport report = await Import(Path.Combine(_root, "given"), "mine/m");

        Assert.Equal(["config.json", "model.safetensors"], report.Files.Select(file => file.Path));
        Assert.False(File.Exists(Path.Combine(report.Folder, "notes.txt")));
    }

    [Theory]
    [InlineData("m.gguf", "no GGUF file")]
    [InlineData("model.safetensors", "no safetensors file")]
    public async Task What_is_not_what_its_name_says_is_refused(string name, string said)
    {
        Write($"given/{name}", "<html>this is a page of a portal</html>"u8.ToArray());

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => Import(Path.Combine(_root, "given"), "mine/m"));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_root, "store")));
    }

    [Fact]
    public async Task Broken_JSON_is_refused()
    {
        Write("given/config.json", "{"u8.ToArray());
        Write("given/model.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]);

        await Assert.ThrowsAsync<InvalidDataException>(() => Import(Path.Combine(_root, "given"), "mine/m"));
    }

    [Fact]
    public async Task What_is_not_there_is_said() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => Import(Path.Combine(_root, "nothing"), "mine/m"));

    private Task<PullReport> Import(string source, string name) =>
        new ModelImport(new PullSteps(), new InstantTime()).Import(source, HubReference.Parse(name), Path.Combine(_root, "store"), TestContext.Current.CancellationToken);

    private string Write(string path, byte[] content)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? _root);
        File.WriteAllBytes(file, content);
        return file;
    }
}
