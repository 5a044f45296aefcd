using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

/// <summary>The chat template of a model folder, in the places where published folders have it.</summary>
public sealed class FolderTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"chat_template":"a"}""", "a")]
    [InlineData("""{"chat_template":[{"name":"tool_use","template":"t"},{"name":"default","template":"d"}]}""", "d")]
    [InlineData("""{"chat_template":[1,null,{"name":2},{"template":"d"}]}""", null)]
    [InlineData("""{"chat_template":{"name":"default"}}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""{}""", null)]
    public void The_configuration_has_one_or_several(string config, string? expected)
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), config);

        Assert.Equal(expected, FolderText.Template(_folder));
    }

    [Fact]
    public void A_file_of_its_own_comes_first()
    {
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), """{"chat_template":"a"}""");
        File.WriteAllText(Path.Combine(_folder, "chat_template.jinja"), "b");

        Assert.Equal("b", FolderText.Template(_folder));
    }

    [Theory]
    [InlineData("""{"chat_template":"\ud800"}""")]
    [InlineData("""{"chat_template":[{"name":"\ud800"}]}""")]
    [InlineData("""{""")]
    public void A_damaged_configuration_is_refused_by_name(string config)
    {
        string path = Path.Combine(_folder, "tokenizer_config.json");
        File.WriteAllText(path, config);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FolderText.Template(_folder));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }
}
