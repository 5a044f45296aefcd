using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>
/// DeepSeek-V3 and R1, and with other options V2: multi-head latent attention and DeepSeekMoE. Sources: arXiv 2412.19437
/// §2.1; V2: arXiv 2405.04434 §2.
/// </summary>
public sealed class DeepSeekV3Model : ILanguageModel
{
    internal const string Family = "deepseek_v3";
    internal const string OlderFamily = "deepseek_v2";

    private readonly WeightSet _set;
    private readonly DeepSeekV3Weights<Weight> _weights;
    private readonly DeepSeekV3Block[] _blocks;
    private readonly ModelSize _size;

    /// <summary>A model whose weights are zero; see <see cref="ModelInitializer"/>.</summary>
    public DeepSeekV3Model(DeepSeekV3Config config)
        : this(config, WeightSet.Zero)
    {
    }

    /// <summary>A model whose weights come from somewhere.</summary>
    internal DeepSeekV3Model(DeepSeekV3Config config, Func<WeightDeclaration, Weight> source)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Validate();
        _size = ModelSize.Of(config);
        _set = new(source);
        _weights = new(config, _set.Make);
        RopeTable rope = Rope(config);
        _blocks = [.. _weights.Blocks.Select((w, layer) => new DeepSeekV3Block(config, w, rope, layer))];
        Routers = [.. _blocks.Select(block => block.Router).OfType<Router>()];
        KvShape = config.AttentionForm == AttentionForm.Expanded
            ? new(config.Layers, config.Heads, config.QuerySize, config.ValueSize)
            : new(config.Layers, 1, config.KvLatent + config.RopeSize, config.KvLatent);
    }

    /// <summary>Its shape.</summary>
    public DeepSeekV3Config Config { get; }

    /// <inheritdoc/>
    public string Architecture => Config.Family;

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
        foreach (DeepSeekV3Block block in _blocks)
        {
            x = RecomputeBlocks && op.Tape is not null ? Recomputed(block, op, x, batch, kv) : op.Keep(start, block.Forward(op, x, batch, kv));
        }

        return op.RmsNorm(x, _weights.Norm, Config.Epsilon);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => _set.Dispose();

    private static RopeTable Rope(DeepSeekV3Config c) => c.Yarn is null
        ? new(c.RopeSize, c.RopeTheta, c.MaxLength, c.RopeInterleaved)
        : new(c.Yarn.Frequencies(c.RopeSize, c.RopeTheta), c.MaxLength, c.RopeInterleaved, c.Yarn.Magnitude);

    // Its own method: the lambda would allocate at inference too.
    private static Tensor Recomputed(DeepSeekV3Block block, Ops op, Tensor x, Batch batch, KvCache kv) =>
        Recompute.Block(op, x, (inner, input) => block.Forward(inner, input, batch, kv));
}
