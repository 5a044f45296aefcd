namespace Sputnik.Models;

/// <summary>Configurations of the families out of a GGUF file's metadata.</summary>
/// <param name="file">The file.</param>
/// <param name="architecture">What keys begin with.</param>
/// <param name="longest">Positions to plan for at most.</param>
internal sealed class GgufShape(GgufFile file, string architecture, int longest)
{
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

    /// <summary>Llama and Mistral: converters permute their query and key rows for interleaved pairs.</summary>
    public LlamaConfig Llama()
    {
        Refuse("expert_count", count => count > 0, "a mixture of experts in the architecture llama (Mixtral)");
        PlainRope();
        return new()
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
    }

    public Qwen2Config Qwen2()
    {
        PlainRope();
        return new()
        {
            VocabularySize = VocabularySize,
            HiddenSize = HiddenSize,
            FeedForwardSize = FeedForwardSize,
            Layers = Layers,
            Heads = Heads,
            KvHeads = KvHeads,
            MaxLength = MaxLength,
            RopeTheta = RopeTheta,
            Epsilon = Epsilon,
            TiedEmbeddings = Tied,
        };
    }

    public Qwen3Config Qwen3()
    {
        PlainRope();
        return new()
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
            Epsilon = Epsilon,
            TiedEmbeddings = Tied,
        };
    }

    public Qwen3MoeConfig Qwen3Moe()
    {
        PlainRope();
        return new()
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
            Epsilon = Epsilon,
            TiedEmbeddings = Tied,
            Experts = Whole("expert_count"),
            ExpertsPerToken = Whole("expert_used_count"),
            ExpertSize = Whole("expert_feed_forward_length"),
        };
    }

    private float[]? Factors()
    {
        if (!file.Tensors.TryGetValue("rope_freqs.weight", out GgufTensor? tensor))
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

    private void Refuse(string key, Func<int, bool> refused, string what)
    {
        if (WholeOrNull(key) is int value && refused(value))
        {
            throw new NotSupportedException($"{file.Path}: {what} is not supported.");
        }
    }
}
