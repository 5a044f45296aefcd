using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Qwen3, dense. Rotary pairs are (i, i + head / 2), as its weights are published.</summary>
public sealed class Qwen3Model : ILanguageModel
{
    internal const string Family = "qwen3";

    private readonly WeightSet _set = new();
    private readonly Qwen3Weights<Weight> _weights;
    private readonly Qwen3Block[] _blocks;
    private readonly ModelSize _size;

    /// <summary>A model whose weights are zero; see <see cref="ModelInitializer"/>.</summary>
    public Qwen3Model(Qwen3Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Validate();
        _size = ModelSize.Of(config);
        _weights = new(config, _set.Make);
        RopeTable rope = new(config.HeadSize, config.RopeTheta, config.MaxLength, interleaved: false);
        _blocks = [.. _weights.Blocks.Select((w, layer) => new Qwen3Block(config, w, rope, layer))];
        KvShape = new(config.Layers, config.KvHeads, config.HeadSize, config.HeadSize);
    }

    /// <summary>Its shape.</summary>
    public Qwen3Config Config { get; }

    /// <inheritdoc/>
    public string Architecture => Family;

    /// <inheritdoc/>
    public int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public int MaxLength => Config.MaxLength;

    /// <inheritdoc/>
    public KvShape KvShape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Weight> Weights => _set.Weights;

    /// <inheritdoc/>
    public IReadOnlyList<WeightDeclaration> Declarations => _set.Declarations;

    /// <inheritdoc/>
    public Weight Head => _weights.Head;

    /// <inheritdoc/>
    public IReadOnlyList<Router> Routers => [];

    /// <inheritdoc/>
    public long Parameters => _size.Total;

    /// <inheritdoc/>
    public long ActiveParameters => _size.Active;

    /// <inheritdoc/>
    public bool RecomputeBlocks { get; set; }

    /// <inheritdoc/>
    public Tensor Hidden(Ops op, Batch batch, KvCache kv)
    {
        ModelCheck.Input(this, op, batch, kv);
        Tensor x = op.Embed(_weights.Embedding, batch);
        foreach (Qwen3Block block in _blocks)
        {
            x = RecomputeBlocks && op.Tape is not null ? Recomputed(block, op, x, batch, kv) : block.Forward(op, x, batch, kv);
        }

        return op.RmsNorm(x, _weights.Norm, Config.Epsilon);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _set.Dispose();

    // Its own method: the lambda would allocate at inference too.
    private static Tensor Recomputed(Qwen3Block block, Ops op, Tensor x, Batch batch, KvCache kv) =>
        Recompute.Block(op, x, (inner, input) => block.Forward(inner, input, batch, kv));
}
