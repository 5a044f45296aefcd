namespace Sputnik.Models;

/// <summary>Configurations of the families out of a GGUF file's metadata.</summary>
/// <param name="file">The file.</param>
/// <param name="architecture">What keys begin with.</param>
/// <param name="longest">Positions to plan for at most.</param>
internal sealed class GgufShape(GgufFile file, string architecture, int longest)
{
    /// <summary>What each rotary angle is divided by.</summary>
    public const string FactorsName = "rope_freqs.weight";

    /// <summary>The file.</summary>
    public GgufFile File => file;

    public int Layers => Whole("block_count");

    public int Heads => Whole("attention.head_count");

    public int HiddenSize => Whole("embedding_length");

    public int FeedForwardSize => Whole("feed_forward_length");

    public int MaxLength => Math.Min(Whole("context_length"), longest);

    public float RopeTheta => RealOrNull("rope.freq_base") ?? 10_000;

    public float Epsilon => file.Metadata.Real($"{architecture}.attention.layer_norm_rms_epsilon");

    public bool Tied => !file.Tensors.ContainsKey("output.weight");

    /// <summary>Rows of the embedding itself: metadata may count fewer.</summary>
    public int VocabularySize => file.Tensors.TryGetValue("token_embd.weight", out GgufTensor? table) && table.Dimensions.Count == 2
        ? (int)table.Dimensions[1]
        : throw new InvalidDataException($"{file.Path}: there is no embedding 'token_embd.weight' of two dimensions.");

    private int KvHeads => WholeOrNull("attention.head_count_kv") ?? Heads;

    private int HeadSize => WholeOrNull("attention.key_length") ?? GroupedCheck.HeadSize(HiddenSize, Heads);

    public int Whole(string key) => file.Metadata.Whole($"{architecture}.{key}");

    public int? WholeOrNull(string key) => file.Metadata.WholeOrNull($"{architecture}.{key}");

    public float? RealOrNull(string key) => file.Metadata.RealOrNull($"{architecture}.{key}");

    public bool? BooleanOrNull(string key) => file.Metadata.BooleanOrNull($"{architecture}.{key}");

    public string? TextOrNull(string key) => file.Metadata.TextOrNull($"{architecture}.{key}");

    /// <summary>
    /// Llama, and Mistral, which converters call llama too: they permute query and key rows for interleaved pairs. Only
    /// Mistral has a window.
    /// </summary>
    public IGroupedConfig Llama()
    {
        if (WholeOrNull("expert_count") > 0)
        {
            throw new NotSupportedException($"{file.Path}: a mixture of experts in the architecture {architecture} (Mixtral) is not supported.");
        }

        PlainRope();
        return WholeOrNull("attention.sliding_window") is int window and > 0 ? Mistral(window) : PlainLlama();
    }

    private MistralConfig Mistral(int window) => file.Tensors.ContainsKey(FactorsName)
        ? throw new NotSupportedException($"{file.Path}: '{FactorsName}' together with a sliding window is not supported.")
        : new()
        {
            VocabularySize = VocabularySize,
            HiddenSize = HiddenSize,
            FeedForwardSize = FeedForwardSize,
            Layers = Layers,
            Heads = Heads,
            KvHeads = KvHeads,
            HeadSize = HeadSize,
            MaxLength = MaxLength,
            RopeTheta = RopeTheta,
            RopeInterleaved = true,
            SlidingWindow = window,
            Epsilon = Epsilon,
            TiedEmbeddings = Tied,
        };

    private LlamaConfig PlainLlama() => new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        HeadSize = HeadSize,
        MaxLength = MaxLength,
        RopeTheta = RopeTheta,
        RopeInterleaved = true,
        FrequencyFactors = Factors(),
        Epsilon = Epsilon,
        TiedEmbeddings = Tied,
    };

    public Qwen2Config Qwen2() => new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        MaxLength = MaxLength,
        RopeTheta = RopeTheta,
        Yarn = Yarn(),
        Epsilon = Epsilon,
        TiedEmbeddings = Tied,
    };

    public Qwen3Config Qwen3() => new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        HeadSize = HeadSize,
        MaxLength = MaxLength,
        RopeTheta = RopeTheta,
        Yarn = Yarn(),
        Epsilon = Epsilon,
        TiedEmbeddings = Tied,
    };

    public Qwen3MoeConfig Qwen3Moe() => new()
    {
        VocabularySize = VocabularySize,
        HiddenSize = HiddenSize,
        FeedForwardSize = FeedForwardSize,
        Layers = Layers,
        Heads = Heads,
        KvHeads = KvHeads,
        HeadSize = HeadSize,
        MaxLength = MaxLength,
        RopeTheta = RopeTheta,
        Yarn = Yarn(),
        Epsilon = Epsilon,
        TiedEmbeddings = Tied,
        Experts = Whole("expert_count"),
        ExpertsPerToken = Whole("expert_used_count"),
        ExpertSize = Whole("expert_feed_forward_length"),
    };

    private float[]? Factors()
    {
        if (!file.Tensors.TryGetValue(FactorsName, out GgufTensor? tensor))
        {
            return null;
        }

        using Tensors.Weight weight = Tensors.Weight.Frozen(tensor.Name, 1, (int)tensor.Dimensions[0], tensor.Format, tensor.Stored);
        return weight.Values.ToArray();
    }

    private void PlainRope()
    {
        if (TextOrNull("rope.scaling.type") is string type and not "none")
        {
            throw new NotSupportedException($"{file.Path}: '{architecture}.rope.scaling.type' = {type} is not supported for this architecture.");
        }
    }

    // What llama.cpp makes of such a file: the factor of the file on 0.1 ln(factor) + 1.
    private YarnContext? Yarn()
    {
        if (TextOrNull("rope.scaling.type") != "yarn")
        {
            PlainRope();
            return null;
        }

        return new()
        {
            Factor = file.Metadata.Real($"{architecture}.rope.scaling.factor"),
            OriginalLength = Whole("rope.scaling.original_context_length"),
            AttnFactor = RealOrNull("rope.scaling.attn_factor"),
            BetaFast = RealOrNull("rope.scaling.yarn_beta_fast") ?? 32,
            BetaSlow = RealOrNull("rope.scaling.yarn_beta_slow") ?? 1,
        };
    }
}
