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

        Assert.Equal(7, config.MaxNewTokens);
        Assert.Equal(new GenerationConfig().Temperature, config.Temperature);
        Assert.Empty(config.EosTokenIds);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("[7]", 7)]
    [InlineData("[128001, 128008, 128009]", 128001, 128008, 128009)]
    [InlineData("null")]
    public void Tokens_that_end_a_text_are_one_or_many(string json, params int[] expected)
    {
        File.WriteAllText(Path.Combine(_folder, GenerationConfig.FileName), $$"""{"eos_token_id":{{json}}}""");

        GenerationConfig config = GenerationConfig.Load(_folder);

        Assert.Equal(expected, config.EosTokenIds);
        Assert.Equal([5, .. expected], config.ToSampling(5).StopTokens);
    }
}
