using Sputnik.Generation;

namespace Sputnik.Tests.Generation;

public sealed class GenerationConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"temperature":0.5,"temperature":0.6}""")]
    [InlineData("""{"temperature":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"temperature":[]}""")]
    [InlineData("""[1]""")]
    [InlineData("""null""")]
    [InlineData("""{""")]
    public void A_damaged_file_is_refused_by_name(string json)
    {
        string path = Path.Combine(_folder, GenerationConfig.FileName);
        File.WriteAllText(path, json);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => GenerationConfig.Load(_folder));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_leaves_out_has_its_default()
    {
        File.WriteAllText(Path.Combine(_folder, GenerationConfig.FileName), """{"max_new_tokens":7,"transformers_version":"4"}""");

        GenerationConfig config = GenerationConfig.Load(_folder);

        Assert.Equal(new GenerationConfig { MaxNewTokens = 7 }, config);
    }
}
