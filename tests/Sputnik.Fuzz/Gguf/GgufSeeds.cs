using Sputnik.Tensors;
using Sputnik.Text;

namespace Sputnik.Fuzz;

/// <summary>Valid GGUF files of every family, as small as the family allows.</summary>
internal static class GgufSeeds
{
    private const int Hidden = 32, Wide = 64, Heads = 4, KvHeads = 2, Head = 8, Experts = 4;

    private const string Template =
        "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ 'U:' + m['content'] }}{% else %}{{ m['content'] | trim }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ 'A:' }}{% endif %}";

    // Before the drafts, which are made with it.
    private static readonly string[] Merges = ["a b", "Ġ ab"];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, GgufDraft> All { get; } = new Dictionary<string, GgufDraft>
    {
        ["llama"] = Grouped("llama", WeightFormat.Q8_0, SentencePiece(), tied: false),
        ["llama with factors"] = With(Grouped("llama", WeightFormat.F16, Bytes("llama-bpe"), tied: true), GgufPart.Of("rope_freqs.weight", WeightFormat.F32, Head / 2)),
        ["mistral"] = With(Grouped("llama", WeightFormat.Q4_0, SentencePiece(), tied: false), GgufKey.Of("llama.attention.sliding_window", 16u)),
        ["qwen2"] = With(Grouped("qwen2", WeightFormat.Q8_0, Bytes("qwen2"), tied: true), Biases()),
        ["qwen2 with yarn"] = With(With(Grouped("qwen2", WeightFormat.BF16, Bytes("qwen2"), tied: true), Biases()), Yarn("qwen2")),
        ["qwen3"] = With(Grouped("qwen3", WeightFormat.Q4_0, Bytes("qwen2"), tied: true), HeadNorms()),
        ["qwen3moe"] = Mixture(),
        ["deepseek2"] = Latent(parted: false),
        ["deepseek2, parted"] = Latent(parted: true),
        ["deepseek2, coded"] = Coded(),
    };

    private static GgufDraft Grouped(string family, WeightFormat format, GgufKey[] vocabulary, bool tied)
    {
        GgufDraft draft = Whole(family, Hidden, Wide, format, vocabulary, tied);
        draft.Keys.Add(GgufKey.Of($"{family}.attention.head_count_kv", (uint)KvHeads));
        for (int layer = 0; layer < 2; layer++)
        {
            AddAttention(draft, layer, format);
            AddNetwork(draft, $"blk.{layer}.ffn_", "", format, Hidden, Wide);
        }

        return draft;
    }

    private static GgufDraft Mixture()
    {
        GgufDraft draft = Whole("qwen3moe", Hidden, Wide, WeightFormat.Q8_0, Bytes("qwen2"), tied: false);
        draft.Keys.AddRange(
        [
            GgufKey.Of("qwen3moe.attention.head_count_kv", (uint)KvHeads), GgufKey.Of("qwen3moe.expert_count", (uint)Experts),
            GgufKey.Of("qwen3moe.expert_used_count", 2u), GgufKey.Of("qwen3moe.expert_feed_forward_length", (uint)Hidden),
        ]);
        AddAttention(draft, 0, WeightFormat.Q8_0);
        draft.Parts.Add(GgufPart.Of("blk.0.ffn_gate_inp.weight", WeightFormat.F32, Hidden, Experts));
        AddNetwork(draft, "blk.0.ffn_", "_exps", WeightFormat.Q8_0, Hidden, Hidden, Experts);
        draft.Parts.AddRange([GgufPart.Of("blk.0.attn_q_norm.weight", WeightFormat.F32, Head), GgufPart.Of("blk.0.attn_k_norm.weight", WeightFormat.F32, Head)]);
        return draft;
    }

    /// <summary>DeepSeek-V3's shape, a dense layer and a mixture, in Q8_0 throughout or in Q4_K and Q6_K as published mixes have it.</summary>
    public static GgufDraft DeepSeek(bool coded)
    {
        if (!coded)
        {
            return Latent(parted: false);
        }

        GgufDraft draft = Whole("deepseek2", 256, 256, WeightFormat.Q4_K, Bytes("deepseek-v3"), tied: false);
        AddLatentKeys(draft, rank: 256, latent: 32, newer: false);
        AddLatentAttention(draft, 0, WeightFormat.Q4_K, 256, 256, parted: false);
        AddLatentAttention(draft, 1, WeightFormat.Q6_K, 256, 256, parted: false);
        AddNetwork(draft, "blk.0.ffn_", "", WeightFormat.Q4_K, 256, 256);
        AddMixture(draft, WeightFormat.Q4_K, WeightFormat.Q6_K, 256, 256);
        GgufKey size = draft.Key("deepseek2.expert_feed_forward_length") ?? throw new InvalidOperationException("A latent draft says its experts' size.");
        size.Items[0] = BitConverter.GetBytes(256u);
        return draft;
    }

    private static GgufDraft Latent(bool parted)
    {
        GgufDraft draft = Whole("deepseek2", Hidden, Wide, WeightFormat.Q8_0, Bytes("deepseek-v3"), tied: false);
        AddLatentKeys(draft, rank: 32, latent: 32, newer: parted);
        for (int layer = 0; layer < 2; layer++)
        {
            AddLatentAttention(draft, layer, WeightFormat.Q8_0, Hidden, 32, parted);
        }

        AddNetwork(draft, "blk.0.ffn_", "", WeightFormat.Q8_0, Hidden, Wide);
        AddMixture(draft, WeightFormat.Q4_0, WeightFormat.Q8_0, Hidden, Hidden);
        return draft;
    }

    private static void AddMixture(GgufDraft draft, WeightFormat routed, WeightFormat shared, int hidden, int wide)
    {
        draft.Parts.Add(GgufPart.Of("blk.1.ffn_gate_inp.weight", WeightFormat.F32, hidden, Experts));
        draft.Parts.Add(GgufPart.Of("blk.1.exp_probs_b.bias", WeightFormat.F32, Experts));
        AddNetwork(draft, "blk.1.ffn_", "_exps", routed, hidden, wide, Experts);
        AddNetwork(draft, "blk.1.ffn_", "_shexp", shared, hidden, wide);
    }

    // Blocks of 256 need rows of 256.
    private static GgufDraft Coded()
    {
        GgufDraft draft = Whole("deepseek2", 256, 256, WeightFormat.Q4_K, Bytes("deepseek-v3"), tied: true);
        AddLatentKeys(draft, rank: 256, latent: 32, newer: false);
        GgufKey layers = draft.Key("deepseek2.block_count") ?? throw new InvalidOperationException("A whole draft says its layers.");
        layers.Items[0] = BitConverter.GetBytes(1u);
        AddLatentAttention(draft, 0, WeightFormat.Q6_K, 256, 256, parted: false);
        AddNetwork(draft, "blk.0.ffn_", "", WeightFormat.Q4_K, 256, 256);
        return draft;
    }

    private static void AddLatentKeys(GgufDraft draft, uint rank, uint latent, bool newer)
    {
        (string Key, uint Value)[] counts =
        [
            ("attention.q_lora_rank", rank), ("attention.kv_lora_rank", latent), ("rope.dimension_count", 8), ("leading_dense_block_count", 1),
            ("expert_count", Experts), ("expert_used_count", 2), ("expert_shared_count", 1), ("expert_feed_forward_length", Hidden),
            ("expert_gating_func", 2), ("expert_group_count", 2), ("expert_group_used_count", 1),
            (newer ? "attention.key_length_mla" : "attention.key_length", 2 * Head), (newer ? "attention.value_length_mla" : "attention.value_length", Head),
        ];
        draft.Keys.RemoveAll(key => key.Text is "deepseek2.attention.key_length" or "deepseek2.attention.value_length");
        draft.Keys.AddRange(counts.Select(count => GgufKey.Of($"deepseek2.{count.Key}", count.Value)));
        draft.Keys.AddRange(
        [
            GgufKey.Of("deepseek2.expert_weights_scale", 2.5f), GgufKey.Of("deepseek2.expert_weights_norm", true),
            .. Yarn("deepseek2"), GgufKey.Of("deepseek2.rope.scaling.yarn_log_multiplier", 0.1f),
        ]);
    }

    private static void AddLatentAttention(GgufDraft draft, int layer, WeightFormat format, int hidden, int rank, bool parted)
    {
        string block = $"blk.{layer}.";
        draft.Parts.AddRange(
        [
            GgufPart.Of(block + "attn_norm.weight", WeightFormat.F32, hidden), GgufPart.Of(block + "ffn_norm.weight", WeightFormat.F32, hidden),
            GgufPart.Of(block + "attn_q_a.weight", format, hidden, rank), GgufPart.Of(block + "attn_q_a_norm.weight", WeightFormat.F32, rank),
            GgufPart.Of(block + "attn_q_b.weight", format, rank, Heads * 2 * Head), GgufPart.Of(block + "attn_kv_a_mqa.weight", format, hidden, 32 + Head),
            GgufPart.Of(block + "attn_kv_a_norm.weight", WeightFormat.F32, 32), GgufPart.Of(block + "attn_output.weight", WeightFormat.F16, Heads * Head, hidden),
        ]);
        draft.Parts.AddRange(parted
            ? [GgufPart.Of(block + "attn_k_b.weight", WeightFormat.F16, Head, 32, Heads), GgufPart.Of(block + "attn_v_b.weight", WeightFormat.Q8_0, 32, Head, Heads)]
            : [GgufPart.Of(block + "attn_kv_b.weight", WeightFormat.Q8_0, 32, Heads * 2 * Head)]);
    }

    private static void AddAttention(GgufDraft draft, int layer, WeightFormat format)
    {
        string block = $"blk.{layer}.";
        draft.Parts.AddRange(
        [
            GgufPart.Of(block + "attn_norm.weight", WeightFormat.F32, Hidden), GgufPart.Of(block + "ffn_norm.weight", WeightFormat.F32, Hidden),
            GgufPart.Of(block + "attn_q.weight", format, Hidden, Heads * Head), GgufPart.Of(block + "attn_k.weight", format, Hidden, KvHeads * Head),
            GgufPart.Of(block + "attn_v.weight", format, Hidden, KvHeads * Head), GgufPart.Of(block + "attn_output.weight", format, Heads * Head, Hidden),
        ]);
    }

    private static void AddNetwork(GgufDraft draft, string before, string behind, WeightFormat format, int hidden, int wide, params long[] experts) => draft.Parts.AddRange(
    [
        GgufPart.Of($"{before}gate{behind}.weight", format, [hidden, wide, .. experts]), GgufPart.Of($"{before}up{behind}.weight", format, [hidden, wide, .. experts]),
        GgufPart.Of($"{before}down{behind}.weight", format, [wide, hidden, .. experts]),
    ]);

    private static GgufDraft Whole(string family, int hidden, int wide, WeightFormat format, GgufKey[] vocabulary, bool tied)
    {
        int tokens = vocabulary.First(key => key.Text == "tokenizer.ggml.tokens").Items.Count;
        GgufDraft draft = new()
        {
            Keys =
            [
                GgufKey.Of("general.architecture", family), GgufKey.Of("general.name", "seed"), GgufKey.Of("general.alignment", 32u),
                GgufKey.Of($"{family}.block_count", 2u - (family == "qwen3moe" ? 1u : 0)), GgufKey.Of($"{family}.context_length", 128u), GgufKey.Of($"{family}.embedding_length", (uint)hidden),
                GgufKey.Of($"{family}.feed_forward_length", (uint)wide), GgufKey.Of($"{family}.attention.head_count", (uint)Heads),
                GgufKey.Of($"{family}.attention.key_length", (uint)Head), GgufKey.Of($"{family}.attention.value_length", (uint)Head),
                GgufKey.Of($"{family}.attention.layer_norm_rms_epsilon", 1e-6f), GgufKey.Of($"{family}.rope.freq_base", 10_000f), .. vocabulary,
            ],
            Parts = [GgufPart.Of("token_embd.weight", format, hidden, tokens), GgufPart.Of("output_norm.weight", WeightFormat.F32, hidden)],
        };
        return tied ? draft : With(draft, GgufPart.Of("output.weight", format, hidden, tokens));
    }

    private static GgufKey[] Bytes(string pre)
    {
        string[] tokens = [.. Enumerable.Range(0, 256).Select(b => ByteAlphabet.Spell([(byte)b])), "ab", "Ġab", "xyz", "<|begin|>", "<tool>", "<|end|>"];
        int[] types = [.. Enumerable.Repeat(1, 259), 3, 4, 3];
        return
        [
            GgufKey.Of("tokenizer.ggml.model", "gpt2"), GgufKey.Of("tokenizer.ggml.pre", pre), GgufKey.Of("tokenizer.ggml.tokens", tokens),
            GgufKey.Of("tokenizer.ggml.token_type", types), GgufKey.Of("tokenizer.ggml.merges", Merges),
            GgufKey.Of("tokenizer.ggml.bos_token_id", 259u), GgufKey.Of("tokenizer.ggml.eos_token_id", 261u), GgufKey.Of("tokenizer.ggml.add_bos_token", true),
            GgufKey.Of("tokenizer.chat_template", Template),
        ];
    }

    private static GgufKey[] SentencePiece()
    {
        TokenizerData data = SmallSentencePiece.Data;
        return
        [
            GgufKey.Of("tokenizer.ggml.model", "llama"), GgufKey.Of("tokenizer.ggml.tokens", data.Tokens),
            GgufKey.Of("tokenizer.ggml.token_type", (data.TokenTypes ?? []).Select(type => (int)type)), GgufKey.Of("tokenizer.ggml.scores", data.Scores ?? []),
            GgufKey.Of("tokenizer.ggml.bos_token_id", 1u), GgufKey.Of("tokenizer.ggml.eos_token_id", 2u), GgufKey.Of("tokenizer.ggml.unknown_token_id", 0u),
            GgufKey.Of("tokenizer.chat_template", Template),
        ];
    }

    private static (string Name, int Heads)[] Projections => [("q", Heads), ("k", KvHeads), ("v", KvHeads)];

    private static GgufPart[] Biases() =>
        [.. from layer in Enumerable.Range(0, 2) from each in Projections select GgufPart.Of($"blk.{layer}.attn_{each.Name}.bias", WeightFormat.F32, each.Heads * Head)];

    private static GgufPart[] HeadNorms() =>
        [.. from layer in Enumerable.Range(0, 2) from each in "qk" select GgufPart.Of($"blk.{layer}.attn_{each}_norm.weight", WeightFormat.F32, Head)];

    private static GgufKey[] Yarn(string family) =>
    [
        GgufKey.Of($"{family}.rope.scaling.type", "yarn"), GgufKey.Of($"{family}.rope.scaling.factor", 4f),
        GgufKey.Of($"{family}.rope.scaling.original_context_length", 32u),
    ];

    private static GgufDraft With(GgufDraft draft, params GgufPart[] parts)
    {
        draft.Parts.AddRange(parts);
        return draft;
    }

    private static GgufDraft With(GgufDraft draft, params GgufKey[] keys)
    {
        draft.Keys.AddRange(keys);
        return draft;
    }
}
