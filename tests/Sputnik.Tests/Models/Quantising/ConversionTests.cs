using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class ConversionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-convert").FullName;

    public static TheoryData<string, string> Models => new()
    {
        { "tiny-qwen2-tied", "F32" }, { "tiny-qwen2-tied", "Q4_K_M" }, { "tiny-qwen2", "Q8_0" },
        { "tiny-llama3", "F16" }, { "tiny-mistral", "BF16" }, { "tiny-qwen3", "F16" }, { "tiny-qwen3moe", "Q8_0" },
        { "tiny-ds3", "Q4_K_M" }, { "tiny-ds3-grp", "BF16" }, { "tiny-ds3-mla", "Q8_0" },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void There_and_back_again_gives_the_same_logits_to_the_bit(string model, string type)
    {
        string source = QuantisedGolden.File(model, type);

        string back = ToGguf(ToFolder(source, new()), new());

        Assert.Equal(QuantisedGolden.Logits(source), QuantisedGolden.Logits(back));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_folder_predicts_what_the_file_does(string model, string type)
    {
        string source = QuantisedGolden.File(model, type);

        string folder = ToFolder(source, new());

        // Heads that turn in halves, and latent attention that is unfolded, are summed in another order.
        double divergence = QuantisedGolden.Divergence(QuantisedGolden.LogProbabilities(source), QuantisedGolden.LogProbabilities(folder));
        Assert.InRange(divergence, -1e-9, 1e-9);
    }

    [Theory]
    [InlineData("tiny-qwen2-tied", "F32")]
    [InlineData("tiny-qwen3", "F16")]
    [InlineData("tiny-qwen3moe", "Q8_0")]
    public void Where_nothing_is_laid_out_anew_the_folder_gives_the_same_bits(string model, string type)
    {
        string source = QuantisedGolden.File(model, type);

        Assert.Equal(QuantisedGolden.Logits(source), QuantisedGolden.Logits(ToFolder(source, new())));
    }

    [Fact]
    public void Several_safetensors_are_the_same_model()
    {
        string source = QuantisedGolden.File("tiny-ds3-grp", "BF16");

        string parted = ToFolder(source, new() { MaxPartBytes = 1_000_000 });

        Assert.True(Directory.GetFiles(parted, "model-0*-of-0*.safetensors").Length > 2);
        Assert.True(File.Exists(Path.Combine(parted, "model.safetensors.index.json")));
        Assert.Equal(QuantisedGolden.Logits(ToFolder(source, new())), QuantisedGolden.Logits(parted));
    }

    [Theory]
    [InlineData(WeightFormat.F16, "F16")]
    [InlineData(WeightFormat.BF16, "BF16")]
    public void A_folder_takes_the_type_that_is_wished(WeightFormat type, string name)
    {
        string folder = ToFolder(QuantisedGolden.File("tiny-qwen2-tied", "F32"), new() { Type = type });

        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        Assert.All(file.Entries, entry => Assert.Equal(name, entry.Type));
    }

    [Fact]
    public void As_stored_keeps_matrices_and_makes_vectors_float32()
    {
        GgufFile file = GgufFile.Open(ToGguf(ToFolder(QuantisedGolden.File("tiny-mistral", "BF16"), new() { Type = WeightFormat.BF16 }), new()));

        Assert.All(file.Tensors.Values, t => Assert.Equal(t.Dimensions.Count > 1 ? WeightFormat.BF16 : WeightFormat.F32, t.Format));
        Assert.Equal(32, file.Metadata.Whole("general.file_type"));
    }

    [Fact]
    public void Metadata_written_anew_says_what_other_softwares_did()
    {
        string source = QuantisedGolden.File("tiny-ds3-mla", "Q8_0");
        GgufMetadata before = GgufFile.Open(source).Metadata;

        GgufMetadata after = GgufFile.Open(ToGguf(ToFolder(source, new()), new())).Metadata;

        foreach ((string key, GgufValue value) in before.Values.Where(pair => pair.Key.StartsWith("deepseek2.", StringComparison.Ordinal)))
        {
            Assert.Equal($"{key} {value}", $"{key} {after.Find(key)}");
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string ToFolder(string gguf, FolderOptions options)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("N"))).FullName;
        using Workers workers = new(2);
        GgufFolder.Write(GgufFile.Open(gguf), folder, options, workers);
        return folder;
    }

    private string ToGguf(string folder, QuantiseOptions options)
    {
        string path = Path.Combine(_root, $"{Guid.NewGuid():N}.gguf");
        using Workers workers = new(2);
        Quantiser.Write(FolderContent.Open(folder, _ => new Dictionary<string, GgufValue>()), path, options, workers);
        return path;
    }
}
