using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The checks that every family's shape passes, under the names config.json gives the values.</summary>
internal static class GroupedCheck
{
    /// <summary>Columns of a head where a file does not say: hidden / heads.</summary>
    public static int HeadSize(int hiddenSize, int heads)
    {
        ConfigCheck.Range("num_attention_heads", heads, 1, ConfigCheck.MaxHeads);
        ConfigCheck.That(hiddenSize % heads == 0, $"'hidden_size' must be a multiple of 'num_attention_heads' ({heads}), got {hiddenSize}.");
        return hiddenSize / heads;
    }

    /// <summary>The shape with its angles, or an <see cref="ArgumentException"/> naming the key that cannot be.</summary>
    public static GroupedShape Valid(GroupedShape c, float ropeTheta, Func<int, float[]?>? angles = null)
    {
        ConfigCheck.Range("vocab_size", c.VocabularySize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("hidden_size", c.HiddenSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("intermediate_size", c.FeedForwardSize, 1, ConfigCheck.MaxSize);
        ConfigCheck.Range("num_hidden_layers", c.Layers, 1, ConfigCheck.MaxLayers);
        ConfigCheck.Range("num_attention_heads", c.Heads, 1, ConfigCheck.MaxHeads);
        ConfigCheck.Range("num_key_value_heads", c.KvHeads, 1, c.Heads);
        ConfigCheck.Range("head_dim", c.HeadSize, 2, ConfigCheck.MaxHeadSize);
        ConfigCheck.Range("max_position_embeddings", c.MaxLength, 1, ConfigCheck.MaxLength);
        ConfigCheck.Positive("rope_theta", ropeTheta);
        ConfigCheck.RopeTable(c.MaxLength, c.HeadSize);
        ConfigCheck.Positive("rms_norm_eps", c.Epsilon);
        ConfigCheck.That(c.Heads % c.KvHeads == 0, $"'num_attention_heads' must be a multiple of 'num_key_value_heads' ({c.KvHeads}), got {c.Heads}.");
        ConfigCheck.That(c.HeadSize % 2 == 0, $"'head_dim' must be even, because columns rotate in pairs; got {c.HeadSize}.");
        return c with { Frequencies = angles?.Invoke(c.HeadSize) ?? RopeTable.Angles(c.HeadSize, ropeTheta) };
    }
}
