using System.Text;
using Sputnik.Models;

namespace Sputnik.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_with_a_configuration_is_opened()
    {
        using ILanguageModel model = Rollout.Model("qwen moe");
        ModelFolder.Save(model, _folder);

        using ModelFile file = ModelFile.Open(_folder, new() { MaxLength = 100 });

        Assert.Equal(WeightHash.Of(model), WeightHash.Of(file.Model));
        Assert.Equal("qwen3_moe", file.Model.Architecture);
        Assert.Equal(100, file.Model.MaxLength);
        Assert.Null(file.Metadata);
    }

    [Fact]
    public void A_GGUF_file_is_opened_by_its_name_or_its_folders()
    {
        string golden = Path.Combine(GoldenFolder.Models, "tiny-qwen2-tied", "tiny-qwen2-tied.Q4_0.gguf");
        Assert.SkipUnless(File.Exists(golden), $"{golden} is not there");
        string copy = Path.Combine(_folder, "model.gguf");
        File.Copy(golden, copy);

        using ModelFile byName = ModelFile.Open(copy), byFolder = ModelFile.Open(_folder);

        Assert.Equal("qwen2", byName.Model.Architecture);
        Assert.Equal(copy, byFolder.Path);
        Assert.Equal("qwen2", byFolder.Metadata?.Text("general.architecture"));
    }

    [Fact]
    public void A_folder_of_several_models_asks_for_a_name()
    {
        File.WriteAllBytes(Path.Combine(_folder, "a.gguf"), []);
        File.WriteAllBytes(Path.Combine(_folder, "b.gguf"), []);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelFile.Open(_folder));

        Assert.Contains("a.gguf, b.gguf", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_or_is_no_model_is_named()
    {
        string other = Path.Combine(_folder, "pytorch_model.bin");
        File.WriteAllBytes(other, [1]);

        Assert.Contains("neither config.json nor", Assert.Throws<FileNotFoundException>(() => ModelFile.Open(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", Assert.Throws<FileNotFoundException>(() => ModelFile.Open("nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains(other, Assert.Throws<NotSupportedException>(() => ModelFile.Open(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mamba", 0u, "'mamba' is not supported; llama, mistral, qwen2")]
    [InlineData("llama", 19u, "IQ1_S, which is not supported. Supported are F32")]
    [InlineData("llama", 16u, "IQ2_XXS, which is not supported. Supported are F32")]
    [InlineData("llama", 99u, "type 99, which is not supported")]
    public void A_model_that_cannot_be_run_is_refused_by_name(string architecture, uint type, string expected)
    {
        string path = Path.Combine(_folder, "model.gguf");
        using (BinaryWriter writer = new(File.Create(path)))
        {
            writer.Write("GGUF"u8);
            writer.Write(3);
            writer.Write(1L);
            writer.Write(1L);
            Text(writer, "general.architecture");
            writer.Write(8);
            Text(writer, architecture);
            Text(writer, "token_embd.weight");
            writer.Write(1);
            writer.Write(256L);
            writer.Write(type);
            writer.Write(0L);
            writer.Write(new byte[2048]);
        }

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ModelFile.Open(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static void Text(BinaryWriter writer, string text)
    {
        writer.Write((long)text.Length);
        writer.Write(Encoding.UTF8.GetBytes(text));
    }
}
