using System.Text.Json.Nodes;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sputnik-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void DeepSeek_comes_back_to_the_bit()
    {
        DeepSeekV3Config config = Shapes.TinyDeepSeek with { AttentionForm = AttentionForm.Absorbed, RoutedScaling = 1.7f };
        using DeepSeekV3Model model = new(config);
        ModelInitializer.Initialize(model, 3);

        ModelFolder.Save(model, _folder);
        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.Equal(config, Assert.IsType<DeepSeekV3Model>(read).Config);
        Assert.Equal(WeightHash.Of(model), WeightHash.Of(read));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Qwen_comes_back_to_the_bit(bool tied)
    {
        Qwen3Config config = Shapes.TinyQwen with { TiedEmbeddings = tied };
        using GroupedModel model = new(config);
        ModelInitializer.Initialize(model, 3);

        ModelFolder.Save(model, _folder);
        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.Equal(config, Assert.IsType<GroupedModel>(read).Config);
        Assert.Equal(WeightHash.Of(model), WeightHash.Of(read));
        Assert.Equal(tied, ReferenceEquals(read.Head, read.Weights[0]));
    }

    [Fact]
    public void A_direct_query_and_a_gate_without_bias_come_back_too()
    {
        DeepSeekV3Config config = Shapes.TinyDeepSeek with { QueryLatent = null, Choice = ExpertChoice.GroupLimited, Scoring = GateScoring.Softmax };
        using DeepSeekV3Model model = new(config);

        ModelFolder.Save(model, _folder);
        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.Equal(config, Assert.IsType<DeepSeekV3Model>(read).Config);
    }

    [Fact]
    public void The_configuration_has_the_keys_other_software_reads()
    {
        using DeepSeekV3Model model = new(Shapes.TinyDeepSeek);

        JsonObject json = JsonNode.Parse(ModelBlueprint.ToJson(model))!.AsObject();

        Assert.Equal("deepseek_v3", (string?)json["model_type"]);
        Assert.Equal("DeepseekV3ForCausalLM", (string?)json["architectures"]![0]);
        Assert.Equal(2, (int?)json["num_key_value_heads"]);
        Assert.Equal("noaux_tc", (string?)json["topk_method"]);
        Assert.Equal("sigmoid", (string?)json["scoring_func"]);
        Assert.Equal("expanded", (string?)json["sputnik_attention_form"]);
    }

    [Fact]
    public void Saving_leaves_no_temporary_files_and_replaces_older_ones()
    {
        using GroupedModel model = new(Shapes.TinyQwen);
        ModelFolder.Save(model, _folder);
        ModelInitializer.Initialize(model, 5);

        ModelFolder.Save(model, _folder);
        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        Assert.Equal(WeightHash.Of(model), WeightHash.Of(read));
    }

    [Theory]
    [InlineData("num_hidden_layers", "3", "needs 'model.layers.2.input_layernorm.weight'")]
    [InlineData("num_hidden_layers", "1", "'model.layers.1.")]
    [InlineData("intermediate_size", "25", "must be [25, 16], is [24, 16]")]
    [InlineData("hidden_size", "2000000", "must be [24, 2000000]")]
    [InlineData("num_hidden_layers", "2147483647", "'num_hidden_layers' must be from 1 to 512")]
    [InlineData("num_attention_heads", "0", "'num_attention_heads' must be from 1")]
    [InlineData("rms_norm_eps", "-1", "'rms_norm_eps'")]
    [InlineData("head_dim", "\"wide\"", "head_dim")]
    [InlineData("vocab_size", "null", "vocab_size")]
    public void Files_that_do_not_belong_together_are_refused(string key, string value, string expected)
    {
        SaveQwen();
        ChangeConfig(key, value);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder).Dispose());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rope_scaling", """{"type":"longrope","factor":40}""")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8}""")]
    [InlineData("rope_parameters", """{"rope_type":"default","rope_theta":5000}""")]
    [InlineData("quantization_config", """{"quant_method":"fp8"}""")]
    [InlineData("hidden_act", "\"gelu\"")]
    [InlineData("attention_bias", "true")]
    [InlineData("use_sliding_window", "true")]
    [InlineData("model_type", "\"mamba\"")]
    public void An_option_that_is_not_here_is_named(string key, string value)
    {
        SaveQwen();
        ChangeConfig(key, value);

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => ModelFolder.Open(_folder).Dispose());

        Assert.Contains(value.Trim('"'), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_without_a_say_in_the_arithmetic_are_left_alone()
    {
        SaveQwen();
        ChangeConfig("transformers_version", "\"4.51.0\"");
        ChangeConfig("rope_scaling", "null");
        ChangeConfig("rope_parameters", """{"rope_type":"default","rope_theta":1000000.0}""");

        using ILanguageModel read = ModelFolder.Open(_folder);

        Assert.IsType<GroupedModel>(read);
    }

    [Fact]
    public void A_selection_bias_that_is_not_finite_is_refused()
    {
        using DeepSeekV3Model model = new(Shapes.TinyDeepSeek);
        Weight bias = Assert.IsType<Weight>(model.Routers[0].Bias);
        bias.Values[2] = float.NaN;
        ModelFolder.Save(model, _folder);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder).Dispose());

        Assert.Contains("selection bias of layer 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_weights_file_is_refused()
    {
        SaveQwen();
        string path = Path.Combine(_folder, ModelFolder.WeightsFile);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);

        Assert.Throws<InvalidDataException>(() => ModelFolder.Open(_folder).Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tied_head_stored_again_must_be_the_embedding(bool same)
    {
        using GroupedModel untied = new(Shapes.TinyQwen);
        ModelInitializer.Initialize(untied, 3);
        if (same)
        {
            untied.Weights[0].Values.CopyTo(untied.Head.Values);
        }

        ModelFolder.Save(untied, _folder);
        ChangeConfig("tie_word_embeddings", "true");

        Exception? error = Record.Exception(() => ModelFolder.Open(_folder).Dispose());

        Assert.Equal(same, error is null);
        Assert.True(error is null or InvalidDataException, $"{error}");
    }

    [Fact]
    public void A_failed_write_keeps_the_older_file()
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, "a");
        AtomicFile.Write(path, stream => stream.Write("old"u8));

        Assert.Throws<TimeoutException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            throw new TimeoutException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private void SaveQwen()
    {
        using GroupedModel model = new(Shapes.TinyQwen);
        ModelInitializer.Initialize(model, 3);
        ModelFolder.Save(model, _folder);
    }

    private void ChangeConfig(string key, string value)
    {
        string path = Path.Combine(_folder, ModelFolder.ConfigFile);
        JsonObject json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        json[key] = JsonNode.Parse(value);
        File.WriteAllText(path, json.ToJsonString());
    }
}
