using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Tests.Laws;

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

    [Fact]
    public void A_models_wishes_are_what_a_draw_begins_with()
    {
        File.WriteAllText(
            Path.Combine(_folder, GenerationConfig.FileName),
            """{"temperature":0.7,"top_p":0.8,"top_k":20,"min_p":0.05,"typical_p":0.9,"repetition_penalty":1.1}""");

        GenerationConfig config = GenerationConfig.Load(_folder);
        DrawSettings draw = config.ToDraw();

        Assert.Equal((0.7f, 0.8f, 20, 0.05f, 0.9f, 1.1f), (draw.Temperature, draw.TopP, draw.TopK, draw.MinP, draw.TypicalP, draw.RepetitionPenalty));
        Assert.Equal(20, config.ToSampling().Filters?.TopK);
        Assert.Null(new GenerationConfig().ToSampling().Filters);
        Assert.Equal(0, new GenerationConfig { TopK = -1 }.ToDraw().TopK);
        Assert.Equal((0, 1.1f), ((config with { DoSample = false }).ToDraw().Temperature, draw.RepetitionPenalty));
    }

    [Theory]
    [InlineData("""{"top_p":1.5}""")]
    [InlineData("""{"min_p":-0.1}""")]
    [InlineData("""{"typical_p":0}""")]
    [InlineData("""{"repetition_penalty":0}""")]
    [InlineData("""{"temperature":-1}""")]
    public void A_wish_that_cannot_be_is_refused_by_the_files_name(string json)
    {
        string path = Path.Combine(_folder, GenerationConfig.FileName);
        File.WriteAllText(path, json);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => GenerationConfig.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generator_keeps_to_the_filters()
    {
        using ILanguageModel model = TinyModels.Create("Qwen3");
        using Workers workers = new(1);
        using Generator generator = new(model, workers, maxSequences: 1, maxLength: 64);
        SamplingSettings free = new() { MaxNewTokens = 12 };
        CounterRandom random = new(3, "filters");

        int[] likeliest = Draw(free with { Temperature = 0 });

        Assert.NotEqual(likeliest, Draw(free));
        Assert.Equal(likeliest, Draw(free with { Filters = new() { TopK = 1 } }));
        Assert.NotEqual(likeliest, Draw(free with { Filters = new() { TopK = 1, RepetitionPenalty = 100 } }));

        int[] Draw(SamplingSettings settings) => [.. generator.Stream([5, 6, 7], settings, random).Select(token => token.Id)];
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
