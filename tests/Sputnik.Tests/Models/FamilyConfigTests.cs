using System.Text;
using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

public sealed class FamilyConfigTests
{
    private const string DistillLlama8B = """
        {
          "architectures": ["LlamaForCausalLM"], "attention_bias": false, "hidden_act": "silu", "hidden_size": 4096,
          "intermediate_size": 14336, "max_position_embeddings": 131072, "mlp_bias": false, "model_type": "llama",
          "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
          "rope_scaling": {
            "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192, "rope_type": "llama3"
          },
          "rope_theta": 500000.0, "tie_word_embeddings": false, "torch_dtype": "bfloat16", "vocab_size": 128256
        }
        """;

    private const string DistillQwen1B = """
        {
          "architectures": ["Qwen2ForCausalLM"], "hidden_act": "silu", "hidden_size": 1536, "intermediate_size": 8960,
          "max_position_embeddings": 131072, "max_window_layers": 21, "model_type": "qwen2", "num_attention_heads": 12,
          "num_hidden_layers": 28, "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 10000, "sliding_window": 4096,
          "tie_word_embeddings": false, "use_mrope": false, "use_sliding_window": false, "vocab_size": 151936
        }
        """;

    private const string Mistral7B = """
        {
          "architectures": ["MistralForCausalLM"], "hidden_act": "silu", "hidden_size": 4096, "intermediate_size": 14336,
          "max_position_embeddings": 32768, "model_type": "mistral", "num_attention_heads": 32, "num_hidden_layers": 32,
          "num_key_value_heads": 8, "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "sliding_window": 4096,
          "tie_word_embeddings": false, "vocab_size": 32000
        }
        """;

    private const string Qwen3Moe30B = """
        {
          "architectures": ["Qwen3MoeForCausalLM"], "attention_bias": false, "decoder_sparse_step": 1, "head_dim": 128,
          "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 6144, "max_position_embeddings": 40960,
          "max_window_layers": 48, "mlp_only_layers": [], "model_type": "qwen3_moe", "moe_intermediate_size": 768,
          "norm_topk_prob": true, "num_attention_heads": 32, "num_experts": 128, "num_experts_per_tok": 8,
          "num_hidden_layers": 48, "num_key_value_heads": 4, "rms_norm_eps": 1e-06, "rope_scaling": null,
          "rope_theta": 1000000.0, "sliding_window": null, "tie_word_embeddings": false, "use_sliding_window": false, "vocab_size": 151936
        }
        """;

    private const string V2Lite = """
        {
          "architectures": ["DeepseekV2ForCausalLM"], "attention_bias": false, "aux_loss_alpha": 0.001, "first_k_dense_replace": 1,
          "hidden_act": "silu", "hidden_size": 2048, "intermediate_size": 10944, "kv_lora_rank": 512,
          "max_position_embeddings": 163840, "model_type": "deepseek_v2", "moe_intermediate_size": 1408, "moe_layer_freq": 1,
          "n_group": 1, "n_routed_experts": 64, "n_shared_experts": 2, "norm_topk_prob": false, "num_attention_heads": 16,
          "num_experts_per_tok": 6, "num_hidden_layers": 27, "num_key_value_heads": 16, "q_lora_rank": null, "qk_nope_head_dim": 128,
          "qk_rope_head_dim": 64, "rms_norm_eps": 1e-06,
          "rope_scaling": {
            "beta_fast": 32, "beta_slow": 1, "factor": 40, "mscale": 0.707, "mscale_all_dim": 0.707,
            "original_max_position_embeddings": 4096, "type": "yarn"
          },
          "rope_theta": 10000, "routed_scaling_factor": 1.0, "scoring_func": "softmax", "seq_aux": true, "tie_word_embeddings": false,
          "topk_group": 1, "topk_method": "greedy", "v_head_dim": 128, "vocab_size": 102400
        }
        """;

    // Parameters as the model pages of the published weights count them.
    [Theory]
    [InlineData(DistillLlama8B, 8_030_261_248)]
    [InlineData(DistillQwen1B, 1_777_088_000)]
    [InlineData(Mistral7B, 7_241_732_096)]
    [InlineData(Qwen3Moe30B, 30_532_122_624)]
    [InlineData(V2Lite, 15_706_484_224)]
    public void Published_configurations_have_the_published_size(string json, long parameters) =>
        Assert.Equal(parameters, Parse(json).Size.Total);

    [Fact]
    public void V2_Lite_is_read_whole()
    {
        DeepSeekV3Config expected = Shapes.V2Lite with
        {
            BalanceLoss = 1e-3f,
            Yarn = new() { Factor = 40, OriginalLength = 4096, Mscale = 0.707f, MscaleAllDim = 0.707f },
        };

        using ILanguageModel small = Parse(Shrunk(V2Lite)).Build();

        DeepSeekV3Config read = Assert.IsType<DeepSeekV3Model>(small).Config;
        Assert.Equal(expected with { Layers = 1, HiddenSize = 8, VocabularySize = 8, FeedForwardSize = 8, MaxLength = 64 }, read);
        Assert.Equal("deepseek_v2", small.Architecture);
        Assert.Equal(1, read.Yarn?.Magnitude);
    }

    [Fact]
    public void Llama_3_keeps_fast_angles_and_slows_others_by_the_factor()
    {
        float[] plain = RopeTable.Angles(128, 500_000);

        float[] scaled = new Llama3Scaling { Factor = 8 }.Frequencies(plain);

        // 8192 positions turn four times at a wavelength of 2048 and once at one of 8192.
        for (int i = 0; i < plain.Length; i++)
        {
            double wavelength = 2 * Math.PI / plain[i];
            float expected = wavelength < 2048 ? plain[i] : wavelength > 8192 ? plain[i] / 8 : scaled[i];
            Assert.Equal(expected, scaled[i]);
            Assert.InRange(scaled[i], plain[i] / 8, plain[i]);
        }

        Assert.Contains(Enumerable.Range(0, 64), i => scaled[i] < plain[i] && scaled[i] > plain[i] / 8);
    }

    [Theory]
    [InlineData(null, 1.1386294f)]
    [InlineData(0.8782488562869419f, 1f)]
    public void Qwens_YaRN_grows_cosines_unless_the_file_undoes_it(float? factor, float magnitude)
    {
        YarnContext yarn = new() { Factor = 4, OriginalLength = 32_768, AttnFactor = factor };

        Assert.Equal(magnitude, yarn.Magnitude, 1e-6f);
        Assert.Equal(new YarnScaling { Factor = 4, OriginalLength = 32_768 }.Frequencies(128, 1e6f), yarn.Frequencies(128, 1e6f));
    }

    [Fact]
    public void Newer_files_have_the_angles_elsewhere()
    {
        string older = Shrunk(DistillLlama8B);
        string newer = older.Replace("\"rope_scaling\": {", "\"rope_parameters\": { \"rope_theta\": 500000.0,", StringComparison.Ordinal)
            .Replace("\"rope_theta\": 500000.0, \"tie", "\"tie", StringComparison.Ordinal)
            .Replace("torch_dtype", "dtype", StringComparison.Ordinal);

        using ILanguageModel a = Parse(older).Build(), b = Parse(newer).Build();

        Assert.NotEqual(older, newer);
        Assert.Equal(Assert.IsType<GroupedModel>(a).Config, Assert.IsType<GroupedModel>(b).Config);
    }

    [Fact]
    public void Without_key_heads_every_head_has_its_own()
    {
        using ILanguageModel model = Parse(Shrunk(Mistral7B).Replace("\"num_key_value_heads\": 8, ", "", StringComparison.Ordinal)).Build();

        Assert.Equal(32, model.KvShape.Heads);
    }

    [Theory]
    [InlineData("sliding_window\": 4096", "sliding_window\": 0", "sliding_window")]
    [InlineData("num_key_value_heads\": 8", "num_key_value_heads\": 7", "num_key_value_heads")]
    public void What_cannot_be_is_named(string old, string changed, string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse(Mistral7B.Replace(old, changed, StringComparison.Ordinal)));

        Assert.Contains($"'{expected}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_beyond_any_model_is_refused_before_its_angles_are_computed()
    {
        string json = Qwen3Moe30B.Replace("\"head_dim\": 128", "\"head_dim\": 2147483646", StringComparison.Ordinal);

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.Contains("'head_dim'", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void No_dense_layers_are_none()
    {
        string json = Qwen3Moe30B.Replace("\"mlp_only_layers\": []", "\"mlp_only_layers\": null", StringComparison.Ordinal);

        Assert.Equal(30_532_122_624, Parse(json).Size.Total);
    }

    private static ModelBlueprint Parse(string json) => ModelBlueprint.Parse(Encoding.UTF8.GetBytes(json), "config.json");

    // One layer of a few columns, so that it can be built.
    private static string Shrunk(string json) => json
        .Replace("\"num_hidden_layers\": 32", "\"num_hidden_layers\": 1", StringComparison.Ordinal)
        .Replace("\"num_hidden_layers\": 27", "\"num_hidden_layers\": 1", StringComparison.Ordinal)
        .Replace("\"hidden_size\": 4096", "\"hidden_size\": 64", StringComparison.Ordinal)
        .Replace("\"hidden_size\": 2048", "\"hidden_size\": 8", StringComparison.Ordinal)
        .Replace("\"intermediate_size\": 14336", "\"intermediate_size\": 8", StringComparison.Ordinal)
        .Replace("\"intermediate_size\": 10944", "\"intermediate_size\": 8", StringComparison.Ordinal)
        .Replace("\"vocab_size\": 102400", "\"vocab_size\": 8", StringComparison.Ordinal)
        .Replace("\"vocab_size\": 128256", "\"vocab_size\": 8", StringComparison.Ordinal)
        .Replace("\"vocab_size\": 32000", "\"vocab_size\": 8", StringComparison.Ordinal)
        .Replace("\"max_position_embeddings\": 163840", "\"max_position_embeddings\": 64", StringComparison.Ordinal)
        .Replace("\"max_position_embeddings\": 131072", "\"max_position_embeddings\": 64", StringComparison.Ordinal)
        .Replace("\"max_position_embeddings\": 32768", "\"max_position_embeddings\": 64", StringComparison.Ordinal);
}
