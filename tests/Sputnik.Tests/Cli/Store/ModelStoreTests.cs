using Sputnik.Cli;

namespace Sputnik.Tests.Cli.Store;

public sealed class ModelStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-store-").FullName;
    private readonly ModelStore _store;

    public ModelStoreTests() => _store = new(Path.Combine(_root, "models"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_name_with_or_without_its_owner_is_the_folder()
    {
        string folder = Put("maker/big", "config.json", "model.safetensors");

        Assert.Equal(folder, _store.Resolve("maker/big"));
        Assert.Equal(folder, _store.Resolve("big"));
    }

    [Fact]
    public void A_path_that_is_there_goes_before_a_name()
    {
        Put("maker/big", "config.json");
        string path = Path.Combine(_root, "models", "maker");

        Assert.Equal(path, _store.Resolve(path));
    }

    [Theory]
    [InlineData("no/such")]
    [InlineData("no/such/model")]
    [InlineData("../models")]
    [InlineData("C:\\models")]
    public void What_is_not_known_comes_back_as_it_is(string name) => Assert.Equal(name, _store.Resolve(name));

    [Fact]
    public void Of_several_owners_one_has_to_be_named()
    {
        Put("one/big", "config.json");
        Put("two/big", "config.json");

        ArgumentException error = Assert.Throws<ArgumentException>(() => _store.Resolve("big"));

        Assert.Contains("one/big, two/big", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GGUF_files_the_only_one_is_meant_or_the_one_that_is_named()
    {
        string one = Put("maker/one", "m-Q8_0.gguf");
        string two = Put("maker/two", "m-Q8_0.gguf", "m-Q4_K_M-00002-of-00002.gguf", "m-Q4_K_M-00001-of-00002.gguf");

        Assert.Equal(Path.Combine(one, "m-Q8_0.gguf"), _store.Resolve("one"));
        Assert.Equal(Path.Combine(two, "m-Q8_0.gguf"), _store.Resolve("maker/two:Q8_0"));
        Assert.Equal(Path.Combine(two, "m-Q4_K_M-00001-of-00002.gguf"), _store.Resolve("two:q4_k_m"));
        ArgumentException several = Assert.Throws<ArgumentException>(() => _store.Resolve("two"));
        Assert.Contains("maker/two:m-Q8_0.gguf", several.Message, StringComparison.Ordinal);
        Assert.Contains("no file like 'Q2_K'", Assert.Throws<ArgumentException>(() => _store.Resolve("two:Q2_K")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_says_what_each_is()
    {
        string gguf = Put("b/gguf", "m.gguf");
        File.WriteAllBytes(Path.Combine(gguf, "m.gguf"), GgufHead("qwen2"));
        string folder = Put("a/folder", "config.json", "model.safetensors");
        File.WriteAllText(Path.Combine(folder, "config.json"), "{\"model_type\": \"qwen3\"}");
        Put("solo", "m.gguf");

        ModelListing[] models = [.. _store.List().Select(ModelListing.Of)];

        Assert.Equal([("a/folder", "safetensors, qwen3"), ("b/gguf", "GGUF, qwen2"), ("solo", "GGUF")], models.Select(model => (model.Name, model.Kind)));
        Assert.All(models, model => Assert.True(model.IsWhole));
    }

    [Fact]
    public void Removing_takes_what_was_pulled_and_leaves_the_rest()
    {
        Put("maker/gone", "m.gguf", "sub/x.gguf");
        string kept = Put("maker/kept", "m.gguf");
        File.WriteAllText(Path.Combine(kept, "notes.txt"), "mine");

        string? nothing = _store.Remove(_store.Need("gone"));
        string? left = _store.Remove(_store.Need("kept"));

        Assert.Null(nothing);
        Assert.Equal(kept, left);
        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(kept).Select(Path.GetFileName));
        Assert.Equal([kept], Directory.GetDirectories(Path.Combine(_store.Root, "maker")));
        Assert.Empty(_store.List());
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/outside")]
    public void A_manifest_that_names_files_elsewhere_is_refused(string path)
    {
        Put("maker/evil", "m.gguf");
        string manifest = Path.Combine(_store.FolderOf("maker/evil"), ModelManifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("m.gguf", path, StringComparison.Ordinal));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => _store.Need("maker/evil"));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_manifest_is_named_with_a_remedy()
    {
        Put("maker/broken", "m.gguf");
        File.WriteAllText(Path.Combine(_store.FolderOf("maker/broken"), ModelManifest.FileName), "{");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => _store.Resolve("maker/broken"));

        Assert.Contains("pull the model again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variable_names_the_folder()
    {
        Assert.Equal(_root, ModelStore.Of(name => name == "SPUTNIK_MODELS" ? _root : null).Root);
        Assert.EndsWith(Path.Combine(".cache", "sputnik", "models"), ModelStore.Of(static _ => null).Root, StringComparison.Ordinal);
    }

    private static byte[] GgufHead(string architecture) =>
    [
        .. "GGUF"u8, 3, 0, 0, 0, .. new byte[16],
        20, .. new byte[7], .. "general.architecture"u8,
        8, 0, 0, 0, (byte)architecture.Length, .. new byte[7], .. System.Text.Encoding.ASCII.GetBytes(architecture),
    ];

    private string Put(string name, params string[] paths)
    {
        string folder = _store.FolderOf(name);
        foreach (string path in paths)
        {
            string file = PlainPath.Below(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
            File.WriteAllBytes(file, [1, 2, 3]);
        }

        ModelManifest manifest = new()
        {
            Repository = name,
            Source = "https://hub",
            PulledAt = new(2026, 1, 20, 9, 30, 0, TimeSpan.Zero),
            Files = [.. paths.Select(path => new StoredFile { Path = path, Size = 3, Sha256 = new('a', 64) })],
        };
        manifest.Write(folder);
        return folder;
    }
}
