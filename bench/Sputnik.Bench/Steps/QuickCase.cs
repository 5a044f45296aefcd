using Sputnik.Generation;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Bench;

/// <summary>One step of R1-Zero with the quick recipe's model: rollouts, then the update they feed.</summary>
internal sealed class QuickCase : IDisposable
{
    // A model that has learned nothing does not end by itself; answers of the trained one are about this long.
    private const int NewTokens = 60;

    private readonly QuickData _data;
    private readonly GrpoConfig _grpo;
    private readonly DeepSeekV3Model _model;
    private readonly Generator _generator;
    private readonly Optimizer _optimizer;
    private readonly SequencePass _pass;
    private readonly GrpoUpdate _update;
    private IReadOnlyList<RolloutGroup> _groups = [];
    private ulong _round;

    /// <summary>A random model; without a reference policy, so that an update is forward, back and AdamW.</summary>
    public QuickCase(QuickData data, Workers workers)
    {
        _data = data;
        ZeroSettings zero = data.Recipe.Zero;
        _grpo = zero.Grpo with { KlBeta = 0, MaxNewTokens = NewTokens, OverlongTokens = 1 };
        _model = new(data.Model);
        ModelInitializer.Initialize(_model, seed: 1);
        _generator = new(_model, workers, _grpo.PromptsPerStep * _grpo.GroupSize, _model.MaxLength);
        _optimizer = new(workers, ParameterGroups.Of(_model), zero.Optimizer, totalSteps: 1000);
        _pass = new(_model, workers, zero.MicroBatchRows);
        _update = new(_model, _optimizer, _pass, reference: null, _grpo);
    }

    /// <summary>The model's size.</summary>
    public long ActiveParameters => _model.ActiveParameters;

    /// <summary>Samples the groups of a step; every other response counts as right.</summary>
    public (double Flops, long Rows) Rollout()
    {
        IReadOnlyList<int[]> prompts = _data.Prompts(_grpo.PromptsPerStep, _round++);
        long before = _generator.RowsComputed;
        SamplingSettings settings = new() { MaxNewTokens = NewTokens, SamplesPerPrompt = _grpo.GroupSize };
        IReadOnlyList<Completion> completions = _generator.Generate(prompts, settings, new CounterRandom(1, "bench rollouts").Split(_round));
        _groups =
        [
            .. completions.Chunk(_grpo.GroupSize).Select(group => new RolloutGroup(
                [.. group.Select(c => new Rollout(prompts[c.Prompt], c.Tokens, c.LogProbs, c.Sample % 2))])),
        ];
        long rows = _generator.RowsComputed - before;
        return (2.0 * _model.ActiveParameters * rows, rows);
    }

    /// <summary>Learns from the last rollouts; the update itself holds its log-probabilities to theirs, to the bit.</summary>
    public (double Flops, long Rows) Update()
    {
        long rows = _update.Run(_groups).RowsTrained;
        return (6.0 * _model.ActiveParameters * rows, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        _optimizer.Dispose();
        _generator.Dispose();
        _model.Dispose();
    }
}
