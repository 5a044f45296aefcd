namespace Sputnik.Models;

/// <summary>What decoders with grouped-query attention and a SwiGLU network differ in; every family's configuration says it.</summary>
internal sealed record GroupedShape
{
    /// <summary>Rows of the embedding.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Columns of the residual stream.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Hidden columns of the dense network.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads; each serves Heads / KvHeads query heads.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Columns of one head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Positions the model may stand at.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Angle of each rotary pair for one position; set once the sizes are known to be sound. [HeadSize / 2]</summary>
    public float[] Frequencies { get; init; } = [];

    /// <summary>Factor on every cosine and sine.</summary>
    public float Magnitude { get; init; } = 1;

    /// <summary>Pairs are (2i, 2i + 1); otherwise (i, i + HeadSize / 2).</summary>
    public bool RopeInterleaved { get; init; }

    /// <summary>Positions a row of a layer attends to, its own included; null = all before it.</summary>
    public Func<int, int?> Window { get; init; } = _ => null;

    /// <summary>Added under the root of every norm.</summary>
    public required float Epsilon { get; init; }

    /// <summary>The head is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>Queries, keys and values have a bias.</summary>
    public bool Biased { get; init; }

    /// <summary>Query and key heads have a norm.</summary>
    public bool Normed { get; init; }

    /// <summary>The mixture of the layers that have one; null in a dense model.</summary>
    public MixtureShape? Mixture { get; init; }

    /// <summary>Whether a layer has the mixture.</summary>
    public Func<int, bool> IsMixture { get; init; } = _ => false;
}
