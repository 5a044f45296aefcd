using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>A decoder with grouped-query attention: Llama, Mistral, Qwen2, Qwen3, dense or with a mixture of experts.</summary>
public sealed class GroupedModel : ILanguageModel
{
    private readonly WeightSet _set;
    private readonly GroupedShape _shape;
    private readonly GroupedWeights<Weight> _weights;
    private readonly GroupedBlock[] _blocks;
    private readonly ModelSize _size;

    /// <summary>A model whose weights are zero; see <see cref="ModelInitializer"/>.</summary>
    public GroupedModel(IGroupedConfig config)
        : this(config, WeightSet.Zero)
    {
    }

    /// <summary>A model whose weights come from somewhere.</summary>
    internal GroupedModel(IGroupedConfig config, Func<WeightDeclaration, Weight> source)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        _shape = config.Shape();
        _size = ModelSize.Of(config);
        _set = new(source);
        _weights = new(_shape, _set.Make);
        RopeTable rope = new(_shape.Frequencies, _shape.MaxLength, _shape.RopeInterleaved, _shape.Magnitude);
        _blocks = [.. _weights.Blocks.Select((w, layer) => new GroupedBlock(_shape, w, rope, layer))];
        Routers = [.. _blocks.Select(block => block.Router).OfType<Router>()];
        KvShape = new(_shape.Layers, _shape.KvHeads, _shape.HeadSize, _shape.HeadSize);
    }

    /// <summary>Its configuration.</summary>
    public IGroupedConfig Config { get; }

    /// <inheritdoc/>
    public string Architecture => Config.Family;

    /// <inheritdoc/>
    public int VocabularySize => _shape.VocabularySize;

    /// <inheritdoc/>
    public int MaxLength => _shape.MaxLength;

    /// <inheritdoc/>
    public KvShape KvShape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Weight> Weights => _set.Weights;

    /// <inheritdoc/>
    public IReadOnlyList<WeightDeclaration> Declarations => _set.Declarations;

    /// <inheritdoc/>
    public Weight Head => _weights.Head;

    /// <inheritdoc/>
    public IReadOnlyList<Router> Routers { get; }

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
        ArenaMark start = op.Arena.Mark();
        Tensor x = op.Embed(_weights.Embedding, batch);
        foreach (GroupedBlock block in _blocks)
        {
            x = RecomputeBlocks && op.Tape is not null ? Recomputed(block, op, x, batch, kv) : op.Keep(start, block.Forward(op, x, batch, kv));
        }

        return op.RmsNorm(x, _weights.Norm, _shape.Epsilon);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _set.Dispose();

    // Its own method: the lambda would allocate at inference too.
    private static Tensor Recomputed(GroupedBlock block, Ops op, Tensor x, Batch batch, KvCache kv) =>
        Recompute.Block(op, x, (inner, input) => block.Forward(inner, input, batch, kv));
}
