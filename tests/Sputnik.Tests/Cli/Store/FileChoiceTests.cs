using Sputnik.Cli;

namespace Sputnik.Tests.Cli.Store;

public sealed class FileChoiceTests
{
    private static readonly string[] Full =
    [
        ".gitattributes", "README.md", "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja",
        "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json",
        "consolidated.safetensors", "onnx/model.onnx", "extra/model.safetensors",
    ];

    private static readonly string[] Ggufs = ["README.md", "m-Q4_K_M.gguf", "m-Q8_0-00001-of-00002.gguf", "m-Q8_0-00002-of-00002.gguf", "ud/m-Q4_K_M.gguf"];

    [Fact]
    public void Without_a_pattern_the_model_comes_once_with_its_companions() => Assert.Equal(
        [
            "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja",
            "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json",
        ],
        FileChoice.Choose("a/b", Full, null));

    [Fact]
    public void Where_there_are_only_GGUF_files_one_has_to_be_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => FileChoice.Choose("a/b", Ggufs, null));

        Assert.Contains("m-Q4_K_M.gguf, m-Q8_0-*-of-00002.gguf, ud/m-Q4_K_M.gguf", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ud/m-Q4_K_M.gguf", "ud/m-Q4_K_M.gguf")]
    [InlineData("m-Q4_K_M.gguf", "m-Q4_K_M.gguf")]
    [InlineData("q4_k_m", "m-Q4_K_M.gguf ud/m-Q4_K_M.gguf")]
    [InlineData("ud/*", "ud/m-Q4_K_M.gguf")]
    [InlineData("*Q8_0*.gguf", "m-Q8_0-00001-of-00002.gguf m-Q8_0-00002-of-00002.gguf")]
    [InlineData("m-Q8_0-00002-of-00002.gguf", "m-Q8_0-00001-of-00002.gguf m-Q8_0-00002-of-00002.gguf")]
    [InlineData("m-Q8_0-*-of-00002.gguf", "m-Q8_0-00001-of-00002.gguf m-Q8_0-00002-of-00002.gguf")]
    public void A_pattern_is_a_path_a_name_a_glob_or_a_word(string pattern, string expected) =>
        Assert.Equal(expected.Split(' '), FileChoice.Choose("a/b", Ggufs, pattern));

    [Fact]
    public void A_set_with_a_part_missing_is_refused()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => FileChoice.Choose("a/b", Ggufs[..3], "Q8_0"));

        Assert.Contains("one of 2 files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said_with_what_is()
    {
        ArgumentException missing = Assert.Throws<ArgumentException>(() => FileChoice.Choose("a/b", Ggufs, "Q2_K"));
        ArgumentException nothing = Assert.Throws<ArgumentException>(() => FileChoice.Choose("a/b", ["README.md"], null));

        Assert.Contains("m-Q4_K_M.gguf", missing.Message, StringComparison.Ordinal);
        Assert.Contains("neither safetensors nor GGUF", nothing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b", "a/b", null)]
    [InlineData("gpt2", "gpt2", null)]
    [InlineData("Org-1/M_2.5:*Q4*.gguf", "Org-1/M_2.5", "*Q4*.gguf")]
    public void A_reference_is_a_repository_and_maybe_a_file(string text, string repository, string? file) =>
        Assert.Equal(new HubReference(repository, file), HubReference.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/..")]
    [InlineData("../b")]
    [InlineData("a/b/c")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a/b:")]
    [InlineData("a b")]
    [InlineData("a/b\n")]
    [InlineData("a/b?x=1")]
    [InlineData("a/.hidden")]
    [InlineData("a/x..y")]
    public void A_name_that_is_no_repository_is_refused(string text) => Assert.Throws<ArgumentException>(() => HubReference.Parse(text));
}
