using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class QuantiserTests : IDisposable
{
    private static readonly Lazy<double[][]> Exact = new(() => QuantisedGolden.LogProbabilities(QuantisedGolden.File(QuantisedGolden.Dense, "F32")));

    private readonly string _folder = Directory.CreateTempSubdirectory("sputnik-quantise").FullName;

    /// <summary>Every golden file that llama.cpp's quantiser made.</summary>
    public static TheoryData<string, string> Quantised => new()
    {
        { "tiny-ds3", "Q4_K_M" },
        { "tiny-ds3-grp", "Q4_K_M" }, { "tiny-ds3-grp", "Q8_0" },
        { "tiny-ds3-mla", "IQ4_XS" }, { "tiny-ds3-mla", "Q4_0" }, { "tiny-ds3-mla", "Q8_0" },
        { "tiny-llama3", "Q4_K_M" }, { "tiny-llama3", "Q8_0" },
        { "tiny-mistral", "Q4_0" }, { "tiny-mistral", "Q8_0" },
        { "tiny-qwen2", "Q4_K_M" }, { "tiny-qwen2", "Q8_0" },
        { "tiny-qwen2-tied", "IQ4_NL" }, { "tiny-qwen2-tied", "IQ4_XS" }, { "tiny-qwen2-tied", "Q2_K" },
        { "tiny-qwen2-tied", "Q3_K_M" }, { "tiny-qwen2-tied", "Q4_0" }, { "tiny-qwen2-tied", "Q4_1" },
        { "tiny-qwen2-tied", "Q4_K_M" }, { "tiny-qwen2-tied", "Q5_0" }, { "tiny-qwen2-tied", "Q5_1" },
        { "tiny-qwen2-tied", "Q5_K_M" }, { "tiny-qwen2-tied", "Q6_K" }, { "tiny-qwen2-tied", "Q8_0" },
        { "tiny-qwen3", "Q4_K_M" },
        { "tiny-qwen3moe", "Q4_K_M" }, { "tiny-qwen3moe", "Q8_0" },
    };

    [Theory]
    [MemberData(nameof(Quantised))]
    public void Every_tensor_gets_the_format_that_llama_cpp_gives_it(string model, string type)
    {
        GgufFile golden = GgufFile.Open(QuantisedGolden.File(model, type));

        IReadOnlyList<QuantisedTensor> plan = Quantiser.Plan(GgufContent.Of(golden), new() { Type = QuantisedType.Parse(type), AllowRequantise = true });

        Assert.Equal(
            golden.Tensors.Values.Select(t => $"{t.Name} {t.Format}").Order(StringComparer.Ordinal),
            plan.Select(t => $"{t.Name} {t.To}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Q2_K")]
    [InlineData("Q3_K_M")]
    [InlineData("Q4_0")]
    [InlineData("Q4_1")]
    [InlineData("Q4_K_M")]
    [InlineData("Q5_0")]
    [InlineData("Q5_1")]
    [InlineData("Q5_K_M")]
    [InlineData("Q6_K")]
    [InlineData("Q8_0")]
    [InlineData("IQ4_NL")]
    [InlineData("IQ4_XS")]
    public void A_quantised_model_is_as_near_to_its_source_as_llama_cpps_file_of_that_type(string type)
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");
        double[][] exact = Exact.Value;

        double ours = QuantisedGolden.Divergence(exact, QuantisedGolden.LogProbabilities(Write(source, type).Files[0]));

        double peer = QuantisedGolden.Divergence(exact, QuantisedGolden.LogProbabilities(QuantisedGolden.File(QuantisedGolden.Dense, type)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{type}: KL {ours:E3}, llama.cpp {peer:E3}, {ours / peer:F3}");
        Assert.InRange(ours, 0, peer * 1.05);
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("Q3_K_S")]
    [InlineData("Q3_K_L")]
    [InlineData("Q4_K_S")]
    [InlineData("Q5_K_S")]
    [InlineData("TQ1_0")]
    [InlineData("TQ2_0")]
    [InlineData("MXFP4_MOE")]
    public void Every_other_type_loads_and_predicts(string type)
    {
        QuantiseReport report = Write(QuantisedGolden.File(QuantisedGolden.Dense, "F32"), type);

        Assert.All(QuantisedGolden.Logits(report.Files[0]), row => Assert.All(row, value => Assert.True(float.IsFinite(value))));
        Assert.Equal(QuantisedType.Parse(type).Number, GgufFile.Open(report.Files[0]).Metadata.Whole("general.file_type"));
    }

    [Fact]
    public void Float32_written_again_gives_the_same_logits_to_the_bit()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");

        QuantiseReport report = Write(source, "F32");

        Assert.Equal(QuantisedGolden.Logits(source), QuantisedGolden.Logits(report.Files[0]));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_the_threads()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");

        byte[] one = File.ReadAllBytes(Write(source, "Q4_K_M", threads: 1).Files[0]);
        byte[] five = File.ReadAllBytes(Write(source, "Q4_K_M", threads: 5).Files[0]);

        Assert.Equal(one, five);
    }

    [Fact]
    public void Metadata_and_vocabulary_stay_as_they_were()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");

        GgufMetadata after = GgufFile.Open(Write(source, "Q4_K_M").Files[0]).Metadata;

        foreach ((string key, GgufValue value) in GgufFile.Open(source).Metadata.Values.Where(pair => pair.Key != "general.file_type"))
        {
            Assert.Equal(value.ToString(), after.Values[key].ToString());
            Assert.Equal(Enumerable.Range(0, value.Count).Select(value.Text), Enumerable.Range(0, value.Count).Select(after.Values[key].Text));
        }

        Assert.Equal(2, after.Whole("general.quantization_version"));
        Assert.Equal(15, after.Whole("general.file_type"));
    }

    [Fact]
    public void A_split_model_is_the_same_model()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");
        QuantiseReport whole = Write(source, "Q8_0");

        QuantiseReport split = Write(source, "Q8_0", new() { Type = QuantisedType.Parse("Q8_0"), MaxPartBytes = 400_000 }, "split.gguf");

        Assert.True(split.Files.Count >= 3);
        Assert.EndsWith($"split-00001-of-{split.Files.Count:D5}.gguf", split.Files[0], StringComparison.Ordinal);
        Assert.Equal(QuantisedGolden.Logits(whole.Files[0]), QuantisedGolden.Logits(split.Files[0]));
        Assert.DoesNotContain(GgufContent.Of(GgufFile.Open(split.Files[0])).Metadata.Keys, key => key.StartsWith("split.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_model_becomes_as_many_files_as_are_wished(int parts)
    {
        QuantiseReport split = Write(QuantisedGolden.File(QuantisedGolden.Dense, "F32"), "Q8_0", new() { Type = QuantisedType.Parse("Q8_0"), Parts = parts }, "parts.gguf");

        Assert.Equal(parts, split.Files.Count);
    }

    [Fact]
    public void What_is_there_is_written_over_only_if_allowed_and_a_source_never()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "F32");
        QuantiseOptions options = new() { Type = QuantisedType.Parse("Q8_0") };
        string written = Write(source, "Q8_0", options).Files[0];
        byte[] before = File.ReadAllBytes(written);

        Assert.Contains("--force", Assert.Throws<IOException>(() => Write(source, "Q8_0", options)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(written));
        Assert.Single(Write(source, "Q8_0", options with { Overwrite = true }).Files);
        Assert.Throws<ArgumentException>(() => Write(written, "Q8_0", options with { Overwrite = true }));
        Assert.Throws<ArgumentException>(() => Write(source, "Q8_0", options, "model.bin"));
    }

    [Fact]
    public void Head_and_embedding_take_the_format_that_is_wished()
    {
        GgufContent content = GgufContent.Of(GgufFile.Open(QuantisedGolden.File("tiny-llama3", "F16")));

        IReadOnlyList<QuantisedTensor> plan = Quantiser.Plan(
            content, new() { Type = QuantisedType.Parse("Q4_K_M"), Output = WeightFormat.BF16, TokenEmbedding = WeightFormat.Q2_K });

        Assert.Equal(WeightFormat.BF16, plan.Single(t => t.Name == "output.weight").To);
        Assert.Equal(WeightFormat.Q2_K, plan.Single(t => t.Name == "token_embd.weight").To);
    }

    [Fact]
    public void What_was_rounded_is_not_rounded_again_unless_allowed()
    {
        string source = QuantisedGolden.File(QuantisedGolden.Dense, "Q8_0");

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Write(source, "Q4_0"));

        Assert.Contains("--allow-requantize", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Single(Write(source, "Q4_0", new() { Type = QuantisedType.Parse("Q4_0"), AllowRequantise = true }).Files);
    }

    [Fact]
    public void Broken_off_it_leaves_nothing_behind()
    {
        using CancellationTokenSource end = new();
        using Workers workers = new(1);
        GgufContent content = GgufContent.Of(GgufFile.Open(QuantisedGolden.File(QuantisedGolden.Dense, "F32")));
        QuantiseOptions options = new() { Type = QuantisedType.Parse("Q8_0"), MaxPartBytes = 400_000 };
        long seen = 0;

        Assert.Throws<OperationCanceledException>(() => Quantiser.Write(
            content,
            Path.Combine(_folder, "broken.gguf"),
            options,
            workers,
            bytes =>
            {
                seen += bytes;
                if (seen > content.Bytes / 2)
                {
                    end.Cancel();
                }
            },
            end.Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_unknown_type_is_told_which_there_are()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => QuantisedType.Parse("q9_x"));

        Assert.Contains("'q9_x'", error.Message, StringComparison.Ordinal);
        Assert.Contains("q4_k_m", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private QuantiseReport Write(string source, string type, QuantiseOptions? options = null, string? name = null, int threads = 2)
    {
        using Workers workers = new(threads);
        return Quantiser.Write(
            GgufContent.Of(GgufFile.Open(source)), Path.Combine(_folder, name ?? $"{type}-{threads}.gguf"), options ?? new() { Type = QuantisedType.Parse(type) }, workers);
    }
}
