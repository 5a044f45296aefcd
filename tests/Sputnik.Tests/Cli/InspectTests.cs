using Sputnik.Cli;
using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tests.Laws;
using Sputnik.Tests.Models;

namespace Sputnik.Tests.Cli;

public sealed class InspectTests
{
    [Fact]
    public void A_folder_is_described_by_its_files()
    {
        string folder = Path.Combine(Repository.Root, "models", "sputnik-zero");
        using LoadedModel loaded = LoadedModel.Open(folder, new());

        ModelDescription model = ModelDescription.Of(loaded, folder, context: 100, tensors: false);

        Assert.Equal(model.Parameters * sizeof(float), model.Formats["F32"].Bytes);
        Assert.Equal(4, model.Attention.Heads);
        Assert.Null(model.Attention.RopeScaling);
        Assert.Equal("DeepSeek, with thinking", model.Template);
        Assert.Equal(128 * model.CacheBytesPerToken, model.Memory.Cache);
    }

    [Fact]
    public void A_file_is_described_by_its_metadata()
    {
        GgufDescription file = GgufDescription.Of(Golden("tiny-ds3-grp", "Q4_K_M"), context: 1024, tensors: false);

        Assert.Equal("yarn, 40 × 4096 tokens", file.Attention.RopeScaling);
        Assert.Equal(3, file.Layers);
        Assert.Equal(576, file.VocabularySize);
        Assert.Equal(file.WeightBytes, file.Formats.Values.Sum(f => f.Bytes));
        Assert.True(file.Active < file.Parameters);
        Assert.Equal(1024 * file.CacheBytesPerToken, file.Memory.Cache);
    }

    [Theory]
    [InlineData("tiny-ds3", "Q4_K_M", ExpertGroups.Auto, null)]
    [InlineData("tiny-ds3", "Q4_K_M", ExpertGroups.File, "does not say how its experts are grouped")]
    [InlineData("tiny-ds3-grp", "Q4_K_M", ExpertGroups.File, null)]
    [InlineData("tiny-ds3-grp", "Q4_K_M", ExpertGroups.Reference, "only the published shape of 256")]
    public void Groups_of_experts_are_as_the_command_line_asks(string name, string type, ExpertGroups groups, string? refused)
    {
        string path = Golden(name, type);
        ModelOptions options = CommonOptions.Opened(groups.ToString().ToLowerInvariant(), context: 64);

        Exception? error = Record.Exception(() => LoadedModel.Open(path, options).Dispose());

        Assert.Equal(groups, options.Groups);
        Assert.Equal(refused is null, error is null);
        Assert.Contains(refused ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_read_whole_or_not_at_all()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. "abc é"u8]);
            Assert.Equal("abc é", PlainText.Read(path));

            File.WriteAllBytes(path, [.. "abc"u8, 0xFF]);
            Assert.Contains("not UTF-8 at offset 3", Assert.Throws<InvalidDataException>(() => PlainText.Read(path)).Message, StringComparison.Ordinal);

            File.WriteAllBytes(path, []);
            Assert.Contains("is empty", Assert.Throws<InvalidDataException>(() => PlainText.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Golden(string name, string type)
    {
        string path = Path.Combine(GoldenFolder.Models, name, $"{name}.{type}.gguf");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        return path;
    }
}
