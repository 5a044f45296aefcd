using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;
using Sputnik.Text;

namespace Sputnik.Tests.Generation;

/// <summary>The model that comes with the repository, through both forms.</summary>
public sealed class ModelConversionTests : IDisposable
{
    private static readonly string Zero = Path.Combine(Repository.Root, "models", "sputnik-zero");

    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-conversion").FullName;

    [Fact]
    public void A_folder_through_gguf_is_the_same_folder()
    {
        string folder = ToFolder(ToGguf(null), new());

        Assert.Equal(File.ReadAllBytes(Path.Combine(Zero, "model.safetensors")), File.ReadAllBytes(Path.Combine(folder, "model.safetensors")));
        Assert.Equal(File.ReadAllText(Path.Combine(Zero, "tokenizer.json")), File.ReadAllText(Path.Combine(folder, "tokenizer.json")));
        Assert.Equal(File.ReadAllText(Path.Combine(Zero, "tokenizer_config.json")), File.ReadAllText(Path.Combine(folder, "tokenizer_config.json")));
        Assert.Empty(Directory.GetDirectories(_root, "*.part"));
    }

    [Fact]
    public void The_converted_file_reads_text_and_conversations_alike()
    {
        using LoadedModel before = LoadedModel.Open(Zero), after = LoadedModel.Open(ToGguf(QuantisedType.Parse("Q8_0")));

        const string text = "Solve for x: 3x + 4 = 19. <think>";
        Assert.Equal(before.Tokenizer.Encode(text), after.Tokenizer.Encode(text));
        Assert.Equal(before.Template.Prompt([new(ChatRole.User, text)]), after.Template.Prompt([new(ChatRole.User, text)]));
        Assert.Equal(before.Generation.Temperature, after.Generation.Temperature);
        Assert.Equal(before.Tokenizer.EndIds, after.Tokenizer.EndIds);
    }

    [Fact]
    public void A_models_wishes_for_sampling_go_through_gguf()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "wishing")).FullName;
        Array.ForEach(Directory.GetFiles(Zero), file => File.Copy(file, Path.Combine(folder, Path.GetFileName(file))));
        new GenerationConfig { Temperature = 0.5f, TopP = 0.75f, TopK = 20, MinP = 0.25f, RepetitionPenalty = 1.5f }.Save(folder);

        using LoadedModel after = LoadedModel.Open(ToGguf(null, folder));
        DrawSettings draw = after.Generation.ToDraw();

        Assert.Equal((0.5f, 0.75f, 20, 0.25f, 1.5f), (draw.Temperature, draw.TopP, draw.TopK, draw.MinP, draw.RepetitionPenalty));
    }

    [Fact]
    public void A_folder_that_is_there_is_written_over_only_if_allowed()
    {
        string gguf = ToGguf(null), folder = ToFolder(gguf, new() { MaxPartBytes = 1_000_000 });
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");

        Assert.Throws<IOException>(() => ToFolder(gguf, new()));
        ToFolder(gguf, new() { Overwrite = true });

        Assert.Equal("model.safetensors", Path.GetFileName(Assert.Single(Directory.GetFiles(folder, "*.safetensors*"))));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "notes.txt")));
    }

    [Fact]
    public void Broken_off_it_leaves_nothing_behind()
    {
        string gguf = ToGguf(null);
        using CancellationTokenSource end = new();
        using Workers workers = new(1);

        Assert.Throws<OperationCanceledException>(() => ModelConversion.ToFolder(
            GgufFile.Open(gguf), Path.Combine(_root, "folder"), new(), workers, _ => end.Cancel(), end.Token));

        Assert.Empty(Directory.GetDirectories(_root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string ToGguf(QuantisedType? type, string? folder = null)
    {
        string path = Path.Combine(_root, "zero.gguf");
        using Workers workers = new(2);
        Quantiser.Write(ModelConversion.Open(folder ?? Zero), path, new() { Type = type }, workers);
        return path;
    }

    private string ToFolder(string gguf, FolderOptions options)
    {
        string folder = Path.Combine(_root, "folder");
        using Workers workers = new(2);
        ModelConversion.ToFolder(GgufFile.Open(gguf), folder, options, workers);
        return folder;
    }
}
