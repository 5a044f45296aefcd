using System.Text;
using Sputnik.Models;

namespace Sputnik.Tests.Models;

public sealed class ModelBlueprintTests
{
    // The keys of the published file that say something about the arithmetic, without its float8 weights and its prediction module.
    private const string PublishedV3 = """
        {
          "architectures": ["DeepseekV3ForCausalLM"], "attention_bias": false, "attention_dropout": 0.0,
          "bos_token_id": 0, "eos_token_id": 1, "ep_size": 1, "first_k_dense_replace": 3, "hidden_act": "silu",
          "hidden_size": 7168, "initializer_range": 0.02, "intermediate_size": 18432, "kv_lora_rank": 512,
          "max_position_embeddings": 163840, "model_type": "deepseek_v3", "moe_intermediate_size": 2048,
          "moe_layer_freq": 1, "n_group": 8, "n_routed_experts": 256, "n_shared_experts": 1, "norm_topk_prob": true,
          "num_attention_heads": 128, "num_experts_per_tok": 8, "num_hidden_layers": 61, "num_key_value_heads": 128,
          "q_lora_rank": 1536, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "rms_norm_eps": 1e-06,
          "rope_scaling": {
            "beta_fast": 32, "beta_slow": 1, "factor": 40, "mscale": 1.0, "mscale_all_dim": 1.0,
            "original_max_position_embeddings": 4096, "type": "yarn"
          },
          "rope_theta": 10000, "routed_scaling_factor": 2.5, "scoring_func": "sigmoid", "tie_word_embeddings": false,
          "topk_group": 4, "topk_method": "noaux_tc", "torch_dtype": "bfloat16", "use_cache": true,
          "v_head_dim": 128, "vocab_size": 129280
        }
        """;

    [Fact]
    public void The_published_V3_configuration_is_read_without_allocating_it()
    {
        ModelBlueprint blueprint = Parse(PublishedV3);

        Assert.Equal(ModelSize.Of(Shapes.V3), blueprint.Size);
        Assert.Contains(blueprint.Declarations, d => d.Name == "model.layers.60.mlp.experts.255.down_proj.weight" && d is { Out: 7168, In: 2048 });
    }

    [Fact]
    public void What_a_file_leaves_out_takes_the_default_not_zero()
    {
        using ILanguageModel model = Parse("""
            {
              "model_type": "deepseek_v3", "vocab_size": 24, "hidden_size": 16, "intermediate_size": 24,
              "moe_intermediate_size": 8, "num_hidden_layers": 2, "first_k_dense_replace": 1, "num_attention_heads": 2,
              "max_position_embeddings": 256, "q_lora_rank": null, "kv_lora_rank": 8, "qk_nope_head_dim": 6,
              "qk_rope_head_dim": 4, "v_head_dim": 6, "n_routed_experts": 8, "num_experts_per_tok": 2,
              "rope_scaling": { "rope_type": "yarn", "factor": 4, "original_max_position_embeddings": 64 }
            }
            """).Build();

        DeepSeekV3Config expected = Shapes.TinyDeepSeek with
        {
            QueryLatent = null,
            Groups = 1,
            GroupsPerToken = 1,
            BalanceLoss = 1e-4f,
            Yarn = new() { Factor = 4, OriginalLength = 64 },
        };
        Assert.Equal(expected, Assert.IsType<DeepSeekV3Model>(model).Config);
    }

    [Fact]
    public void A_Qwen_file_without_the_optional_keys_takes_the_defaults()
    {
        using ILanguageModel model = Parse("""
            {
              "model_type": "qwen3", "vocab_size": 24, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
              "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 256
            }
            """).Build();

        Assert.Equal(Shapes.TinyQwen with { HeadSize = 128 }, Assert.IsType<GroupedModel>(model).Config);
    }

    [Theory]
    [InlineData("hidden_size")]
    [InlineData("q_lora_rank")]
    [InlineData("num_experts_per_tok")]
    [InlineData("factor")]
    public void A_missing_size_is_named(string key)
    {
        string without = PublishedV3.Replace($"\"{key}\"", "\"nothing\"", StringComparison.Ordinal);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse(without));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"model_type\":3}")]
    [InlineData("{\"model_type\":\"qwen3\",\"model_type\":\"qwen3\"}")]
    [InlineData("{\"model_type\":\"qwen3\",\"hidden_act\":\"\\ud800\"}")]
    public void What_is_no_configuration_is_refused(string json) => Assert.Throws<InvalidDataException>(() => Parse(json));

    private static ModelBlueprint Parse(string json) => ModelBlueprint.Parse(Encoding.UTF8.GetBytes(json), "config.json");
}
