using Sputnik.Generation;
using Sputnik.Tests.Laws;

namespace Sputnik.Tests.Generation;

public sealed class TemplateFamilyTests
{
    [Theory]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", "DeepSeek, with thinking")]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "DeepSeek, with thinking")]
    [InlineData("Qwen-Qwen2.5-7B-Instruct", "ChatML, as Qwen")]
    [InlineData("Qwen-Qwen3-0.6B", "ChatML, as Qwen, with thinking")]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct", "Llama 3")]
    [InlineData("mistralai-Mistral-Nemo-Instruct-2407", "Mistral")]
    [InlineData("google-gemma-2-2b-it", "Gemma")]
    public void A_published_template_is_known(string name, string family)
    {
        string path = Path.Combine(Repository.Root, "..", "shared", "golden", "templates", name + ".jinja");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");

        Assert.Equal(family, TemplateFamily.Of(File.ReadAllText(path)));
    }

    [Fact]
    public void A_template_without_known_markers_is_of_its_own() =>
        Assert.Equal("of its own", TemplateFamily.Of("{{ messages[0].content }}"));

    [Fact]
    public void The_model_that_comes_with_sputnik_has_one() =>
        Assert.Equal("DeepSeek, with thinking", TemplateFamily.OfFolder(Path.Combine(Repository.Root, "models", "sputnik-zero")));
}
