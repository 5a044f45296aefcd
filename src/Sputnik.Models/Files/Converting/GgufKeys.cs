namespace Sputnik.Models;

/// <summary>A configuration as the metadata of a GGUF file: what <see cref="GgufShape"/> and <see cref="GgufLatentShape"/> read. Source: gguf-py, constants.py.</summary>
internal sealed class GgufKeys
{
    private const uint SoftmaxGate = 1;
    private const uint SigmoidGate = 2;

    private readonly Dictionary<string, GgufValue> _keys = new(StringComparer.Ordinal);
    private readonly string _architecture;

    private GgufKeys(string architecture)
    {
        _architecture = architecture;
        _keys["general.architecture"] = GgufValue.Of(architecture);
    }

    /// <summary>The keys.</summary>
    /// <exception cref="NotSupportedException">The format has no word for an option.</exception>
    public static Dictionary<string, GgufValue> Of(FamilyConfig config)
    {
        GgufKeys keys = new(config.Latent is not null ? "deepseek2" : config.Grouped is Qwen3MoeConfig ? "qwen3moe" : config.Grouped is MistralConfig ? "llama" : config.Family);
        if (config.Latent is { } latent)
        {
            keys.Latent(latent);
        }
        else if (config.Grouped is { } grouped)
        {
            keys.Grouped(grouped);
        }

        return keys._keys;
    }

    private void Grouped(IGroupedConfig config)
    {
        GroupedShape shape = config.Shape();
        Sizes(shape.HiddenSize, shape.FeedForwardSize, shape.Layers, shape.MaxLength, shape.VocabularySize);
        Whole("attention.head_count", shape.Heads);
        Whole("attention.head_count_kv", shape.KvHeads);
        Whole("attention.key_length", shape.HeadSize);
        Whole("attention.value_length", shape.HeadSize);
        Real("attention.layer_norm_rms_epsilon", shape.Epsilon);
        (float theta, YarnContext? yarn) = config switch
        {
            LlamaConfig llama => (llama.RopeTheta, null),
            MistralConfig mistral => (mistral.RopeTheta, null),
            Qwen2Config { Windowed: true } => throw new NotSupportedException("GGUF has no word for 'use_sliding_window' of qwen2."),
            Qwen2Config qwen2 => (qwen2.RopeTheta, qwen2.Yarn),
            Qwen3Config qwen3 => (qwen3.RopeTheta, qwen3.Yarn),
            Qwen3MoeConfig moe => (moe.RopeTheta, moe.Yarn),
            _ => throw new NotSupportedException($"The family '{config.Family}' has no GGUF form here."),
        };
        Real("rope.freq_base", theta);
        if (config is LlamaConfig or MistralConfig)
        {
            Whole("rope.dimension_count", shape.HeadSize);
        }

        if (config is MistralConfig { SlidingWindow: int window })
        {
            Whole("attention.sliding_window", window);
        }

        if (config is Qwen3MoeConfig mixture)
        {
            Mixture(mixture);
        }

        Yarn(yarn);
    }

    private void Mixture(Qwen3MoeConfig config)
    {
        if (!config.NormaliseWeights || config.SparseStep != 1 || config.DenseLayers.Count > 0)
        {
            throw new NotSupportedException("GGUF has no word for 'norm_topk_prob' = false, 'decoder_sparse_step' above 1 or 'mlp_only_layers' of qwen3_moe.");
        }

        Whole("expert_count", config.Experts);
        Whole("expert_used_count", config.ExpertsPerToken);
        Whole("expert_feed_forward_length", config.ExpertSize);
    }

    private void Yarn(YarnContext? yarn)
    {
        if (yarn is null)
        {
            return;
        }

        if (yarn.AttentionFactor is not null)
        {
            throw new NotSupportedException("GGUF has no word for 'rope_scaling.attention_factor'; say it as 'attn_factor'.");
        }

        Text("rope.scaling.type", "yarn");
        Real("rope.scaling.factor", yarn.Factor);
        Whole("rope.scaling.original_context_length", yarn.OriginalLength);
        Real("rope.scaling.yarn_beta_fast", yarn.BetaFast);
        Real("rope.scaling.yarn_beta_slow", yarn.BetaSlow);
        if (yarn.AttnFactor is float factor)
        {
            Real("rope.scaling.attn_factor", factor);
        }
    }

    private void Latent(DeepSeekV3Config c)
    {
        Sizes(c.HiddenSize, c.FeedForwardSize, c.Layers, c.MaxLength, c.VocabularySize);
        Whole("attention.head_count", c.Heads);

        // The latent is one head for all, of its size and the rotated columns; a head's own sizes stand under _mla.
        Whole("attention.head_count_kv", 1);
        Whole("attention.key_length", c.KvLatent + c.RopeSize);
        Whole("attention.value_length", c.KvLatent);
        Whole("attention.key_length_mla", c.QuerySize);
        Whole("attention.value_length_mla", c.ValueSize);
        Whole("attention.kv_lora_rank", c.KvLatent);
        if (c.QueryLatent is int rank)
        {
            Whole("attention.q_lora_rank", rank);
        }

        Real("attention.layer_norm_rms_epsilon", c.Epsilon);
        Real("rope.freq_base", c.RopeTheta);
        Whole("rope.dimension_count", c.RopeSize);
        Whole("leading_dense_block_count", c.DenseLayers);
        Whole("expert_count", c.RoutedExperts);
        Whole("expert_used_count", c.ExpertsPerToken);
        Whole("expert_shared_count", c.SharedExperts);
        Whole("expert_feed_forward_length", c.ExpertSize);
        Whole("expert_group_count", c.Groups);
        Whole("expert_group_used_count", c.GroupsPerToken);
        _keys[$"{_architecture}.expert_gating_func"] = GgufValue.Of(c.Scoring == GateScoring.Sigmoid ? SigmoidGate : SoftmaxGate);
        _keys[$"{_architecture}.expert_weights_norm"] = GgufValue.Of(c.NormaliseWeights);
        Real("expert_weights_scale", c.RoutedScaling);
        LatentYarn(c.Yarn);
    }

    private void LatentYarn(YarnScaling? yarn)
    {
        if (yarn is null)
        {
            return;
        }

        if (yarn.Mscale != yarn.MscaleAllDim || (yarn.BetaFast, yarn.BetaSlow) != (32, 1))
        {
            throw new NotSupportedException("GGUF has no word for 'rope_scaling' with a 'mscale' other than 'mscale_all_dim', or with other betas than 32 and 1.");
        }

        Text("rope.scaling.type", "yarn");
        Real("rope.scaling.factor", yarn.Factor);
        Whole("rope.scaling.original_context_length", yarn.OriginalLength);
        Real("rope.scaling.yarn_log_multiplier", 0.1f * yarn.MscaleAllDim);
    }

    private void Sizes(int hidden, int feedForward, int layers, int length, int vocabulary)
    {
        Whole("block_count", layers);
        Whole("context_length", length);
        Whole("embedding_length", hidden);
        Whole("feed_forward_length", feedForward);
        Whole("vocab_size", vocabulary);
    }

    private void Whole(string key, int value) => _keys[$"{_architecture}.{key}"] = GgufValue.Of((uint)value);

    private void Real(string key, float value) => _keys[$"{_architecture}.{key}"] = GgufValue.Of(value);

    private void Text(string key, string value) => _keys[$"{_architecture}.{key}"] = GgufValue.Of(value);
}
