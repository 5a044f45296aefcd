namespace Sputnik.Models;

/// <summary>DeepSeek-V2 and V3 out of a GGUF file's metadata, of older files and of newer ones.</summary>
internal sealed class GgufLatentShape(GgufShape shape)
{
    private const int SigmoidGate = 2;

    /// <summary>
    /// The configuration, attention absorbed: both file layouts serve it, and the cache stays small. Newer files count the
    /// latent as one key head and keep a head's own sizes under other keys.
    /// </summary>
    public DeepSeekV3Config Config(ExpertGroups groups)
    {
        int keys = shape.WholeOrNull("attention.key_length_mla") ?? shape.Whole("attention.key_length");
        int rope = shape.Whole("rope.dimension_count");
        bool biased = shape.File.Tensors.Keys.Any(name => name.EndsWith("exp_probs_b.bias", StringComparison.Ordinal));
        (int all, int kept) = Groups(groups);
        return new()
        {
            VocabularySize = shape.VocabularySize,
            HiddenSize = shape.HiddenSize,
            FeedForwardSize = shape.FeedForwardSize,
            ExpertSize = shape.Whole("expert_feed_forward_length"),
            Layers = shape.Layers - (shape.WholeOrNull("nextn_predict_layers") ?? 0),
            DenseLayers = shape.WholeOrNull("leading_dense_block_count") ?? 0,
            Heads = shape.Heads,
            MaxLength = shape.MaxLength,
            QueryLatent = shape.WholeOrNull("attention.q_lora_rank") is int rank and not 0 ? rank : null,
            KvLatent = shape.Whole("attention.kv_lora_rank"),
            NopeSize = keys - rope,
            RopeSize = rope,
            ValueSize = shape.WholeOrNull("attention.value_length_mla") ?? shape.Whole("attention.value_length"),
            RoutedExperts = shape.Whole("expert_count"),
            SharedExperts = shape.WholeOrNull("expert_shared_count") ?? 0,
            ExpertsPerToken = shape.Whole("expert_used_count"),
            Groups = all,
            GroupsPerToken = kept,
            Choice = biased ? ExpertChoice.BiasBalanced : all > 1 ? ExpertChoice.GroupLimited : ExpertChoice.Greedy,
            Scoring = shape.WholeOrNull("expert_gating_func") == SigmoidGate ? GateScoring.Sigmoid : GateScoring.Softmax,
            NormaliseWeights = shape.BooleanOrNull("expert_weights_norm") ?? false,
            RoutedScaling = shape.RealOrNull("expert_weights_scale") is float scale and > 0 ? scale : 1,
            BalanceLoss = 0,
            RopeTheta = shape.RopeTheta,
            Yarn = Yarn(),
            RopeInterleaved = true,
            Epsilon = shape.Epsilon,
            TiedEmbeddings = shape.Tied,
            AttentionForm = AttentionForm.Absorbed,
        };
    }

    private (int All, int Kept) Groups(ExpertGroups groups)
    {
        int? all = shape.WholeOrNull("expert_group_count"), kept = shape.WholeOrNull("expert_group_used_count");
        return groups switch
        {
            ExpertGroups.Reference when shape.Whole("expert_count") == 256 => (8, 4),
            ExpertGroups.Reference => throw new NotSupportedException(
                $"{shape.File.Path} has {shape.Whole("expert_count")} experts; only the published shape of 256 has reference groups."),
            ExpertGroups.File when all is null || kept is null => throw new NotSupportedException(
                $"{shape.File.Path} does not say how its experts are grouped; choose the groups auto or reference."),
            _ => (all ?? 1, kept ?? 1),
        };
    }

    // The file keeps 0.1 · mscale_all_dim: the factor on log(factor) that the attention scale grows by.
    private YarnScaling? Yarn()
    {
        if (shape.TextOrNull("rope.scaling.type") != "yarn")
        {
            return null;
        }

        float all = (shape.RealOrNull("rope.scaling.yarn_log_multiplier") ?? 0) * 10;
        return new()
        {
            Factor = shape.RealOrNull("rope.scaling.factor") ?? 1,
            OriginalLength = shape.Whole("rope.scaling.original_context_length"),
            Mscale = all == 0 ? 1 : all,
            MscaleAllDim = all == 0 ? 1 : all,
        };
    }
}
