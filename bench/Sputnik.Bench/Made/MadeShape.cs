using Sputnik.Models;

namespace Sputnik.Bench;

/// <summary>A published shape: metadata and tensors, with the vocabulary of a file.</summary>
internal sealed class MadeShape
{
    private readonly Dictionary<string, GgufValue> _metadata = [];
    private readonly List<MadeTensor> _tensors = [];
    private readonly string _architecture;

    private MadeShape(string architecture, string name, GgufFile vocabularyFile, uint hidden, uint layers)
    {
        uint vocabulary = (uint)(vocabularyFile.Metadata.Find("tokenizer.ggml.tokens")?.Count ?? 0);
        _architecture = architecture;
        _metadata["general.architecture"] = GgufValue.Of(architecture);
        _metadata["general.name"] = GgufValue.Of(name);
        Key("vocab_size", vocabulary);
        Key("embedding_length", hidden);
        Key("block_count", layers);
        Key("context_length", 32_768);
        _metadata[$"{architecture}.attention.layer_norm_rms_epsilon"] = GgufValue.Of(1e-6f);
        foreach ((string key, GgufValue value) in vocabularyFile.Metadata.Values.Where(pair => pair.Key.StartsWith("tokenizer.", StringComparison.Ordinal)))
        {
            _metadata[key] = value;
        }

        Vocabulary = vocabulary;
        Tensor("token_embd.weight", hidden, vocabulary);
        Tensor("output_norm.weight", hidden);
    }

    private uint Vocabulary { get; }

    /// <summary>Its metadata.</summary>
    public IReadOnlyDictionary<string, GgufValue> Metadata => _metadata;

    /// <summary>Its tensors.</summary>
    public IReadOnlyList<MadeTensor> Tensors => _tensors;

    /// <summary>Qwen2.5-1.5B, which R1-Distill-Qwen-1.5B has too; the head is the embedding.</summary>
    public static MadeShape Qwen2(GgufFile vocabulary)
    {
        const uint Hidden = 1536, Layers = 28, Heads = 12, KvHeads = 2, FeedForward = 8960, HeadSize = 128;
        MadeShape shape = new("qwen2", "random Qwen2 1.5B", vocabulary, Hidden, Layers);
        shape.Key("feed_forward_length", FeedForward);
        shape.Key("attention.head_count", Heads);
        shape.Key("attention.head_count_kv", KvHeads);
        shape._metadata["qwen2.rope.freq_base"] = GgufValue.Of(1e6f);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"blk.{layer}.";
            bool fine = IsFine(layer, (int)Layers);
            shape.Tensor(block + "attn_norm.weight", Hidden);
            shape.Tensor(block + "ffn_norm.weight", Hidden);
            shape.Tensor(block + "attn_q.weight", Hidden, Heads * HeadSize);
            shape.Tensor(block + "attn_k.weight", Hidden, KvHeads * HeadSize);
            shape.Fine(block + "attn_v.weight", fine, Hidden, KvHeads * HeadSize);
            shape.Tensor(block + "attn_q.bias", Heads * HeadSize);
            shape.Tensor(block + "attn_k.bias", KvHeads * HeadSize);
            shape.Tensor(block + "attn_v.bias", KvHeads * HeadSize);
            shape.Tensor(block + "attn_output.weight", Heads * HeadSize, Hidden);
            shape.Tensor(block + "ffn_gate.weight", Hidden, FeedForward);
            shape.Tensor(block + "ffn_up.weight", Hidden, FeedForward);
            shape.Fine(block + "ffn_down.weight", fine, FeedForward, Hidden);
        }

        return shape;
    }

    /// <summary>DeepSeek-V3 in small: about 1 billion parameters, 0.3 billion active.</summary>
    public static MadeShape DeepSeek(GgufFile vocabulary)
    {
        const uint Hidden = 1024, Layers = 12, Heads = 8, Nope = 128, Rope = 64, Value = 128, QLatent = 512, Latent = 512;
        const uint Experts = 32, PerToken = 6, ExpertSize = 768;
        MadeShape shape = new("deepseek2", "random DeepSeek-V3 1B", vocabulary, Hidden, Layers);
        shape.Key("feed_forward_length", 3072);
        shape.Key("attention.head_count", Heads);
        shape.Key("attention.head_count_kv", 1);
        shape.Key("attention.q_lora_rank", QLatent);
        shape.Key("attention.kv_lora_rank", Latent);
        shape.Key("attention.key_length", Latent + Rope);
        shape.Key("attention.value_length", Latent);
        shape.Key("attention.key_length_mla", Nope + Rope);
        shape.Key("attention.value_length_mla", Value);
        shape.Key("rope.dimension_count", Rope);
        shape.Key("leading_dense_block_count", 1);
        shape.Key("expert_count", Experts);
        shape.Key("expert_used_count", PerToken);
        shape.Key("expert_shared_count", 1);
        shape.Key("expert_feed_forward_length", ExpertSize);
        shape.Key("expert_gating_func", 2);
        shape._metadata["deepseek2.expert_weights_norm"] = GgufValue.Of(true);
        shape._metadata["deepseek2.expert_weights_scale"] = GgufValue.Of(2.5f);
        shape._metadata["deepseek2.rope.freq_base"] = GgufValue.Of(1e4f);
        shape.Tensor("output.weight", Hidden, shape.Vocabulary);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"blk.{layer}.";
            shape.Tensor(block + "attn_norm.weight", Hidden);
            shape.Tensor(block + "ffn_norm.weight", Hidden);
            shape.Tensor(block + "attn_q_a.weight", Hidden, QLatent);
            shape.Tensor(block + "attn_q_a_norm.weight", QLatent);
            shape.Tensor(block + "attn_q_b.weight", QLatent, Heads * (Nope + Rope));
            shape.Tensor(block + "attn_kv_a_mqa.weight", Hidden, Latent + Rope);
            shape.Tensor(block + "attn_kv_a_norm.weight", Latent);
            shape.Tensor(block + "attn_k_b.weight", Nope, Latent, Heads);
            shape.Tensor(block + "attn_v_b.weight", Latent, Value, Heads);
            shape.Tensor(block + "attn_output.weight", Heads * Value, Hidden);
            if (layer == 0)
            {
                shape.Tensor(block + "ffn_gate.weight", Hidden, 3072);
                shape.Tensor(block + "ffn_up.weight", Hidden, 3072);
                shape.Fine(block + "ffn_down.weight", true, 3072, Hidden);
                continue;
            }

            bool fine = IsFine(layer, (int)Layers);
            shape.Tensor(block + "ffn_gate_inp.weight", Hidden, Experts);
            shape.Tensor(block + "exp_probs_b.bias", Experts);
            shape.Tensor(block + "ffn_gate_exps.weight", Hidden, ExpertSize, Experts);
            shape.Tensor(block + "ffn_up_exps.weight", Hidden, ExpertSize, Experts);
            shape.Fine(block + "ffn_down_exps.weight", fine, ExpertSize, Hidden, Experts);
            shape.Tensor(block + "ffn_gate_shexp.weight", Hidden, ExpertSize);
            shape.Tensor(block + "ffn_up_shexp.weight", Hidden, ExpertSize);
            shape.Fine(block + "ffn_down_shexp.weight", fine, ExpertSize, Hidden);
        }

        return shape;
    }

    // llama.cpp's Q4_K_M: the first and last eighth, and every third between.
    private static bool IsFine(int layer, int layers) => layer < layers / 8 || layer >= 7 * layers / 8 || (layer - (layers / 8)) % 3 == 2;

    private void Key(string key, uint value) => _metadata[$"{_architecture}.{key}"] = GgufValue.Of(value);

    private void Tensor(string name, params long[] dimensions) => _tensors.Add(new(name, dimensions));

    private void Fine(string name, bool fine, params long[] dimensions) => _tensors.Add(new(name, dimensions, fine));
}
