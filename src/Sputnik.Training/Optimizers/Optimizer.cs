using Sputnik.Tensors;

namespace Sputnik.Training;

/// <summary>
/// Clips the whole gradient by its norm, steps hidden matrices by Muon and the others by AdamW, and empties the gradients. A
/// function of gradients and state to the bit, whatever the number of threads.
/// </summary>
public sealed class Optimizer : IDisposable
{
    private readonly Workers _workers;
    private readonly OptimizerConfig _config;
    private readonly Weight[] _weights;
    private readonly AdamW _adamW;
    private readonly Muon? _muon;

    /// <summary>Prepares to train <paramref name="groups"/>; each weight gets a gradient.</summary>
    /// <param name="workers">Threads that share the work.</param>
    /// <param name="groups">What is trained; the order fixes the order of the norm's sum.</param>
    /// <param name="config">How to step.</param>
    /// <param name="totalSteps">Steps the schedule is spread over.</param>
    public Optimizer(Workers workers, ParameterGroups groups, OptimizerConfig config, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalSteps);
        _workers = workers;
        _config = config.Validate();
        _weights = [.. groups.All];
        TotalSteps = totalSteps;
        foreach (Weight weight in _weights)
        {
            weight.Train();
        }

        IReadOnlyList<Weight> hidden = config.Muon is null ? [] : groups.Hidden;
        _muon = config.Muon is null ? null : new(workers, hidden, config.Muon);
        _adamW = new(workers, [.. groups.All.Except(hidden)], config.AdamW);
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps the schedule is spread over.</summary>
    public long TotalSteps { get; }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<Weight> Weights => _weights;

    /// <summary>Everything remembered from step to step, apart from <see cref="Steps"/>: to be stored and restored by name.</summary>
    public IReadOnlyList<Weight> State => [.. _adamW.State, .. _muon?.State ?? []];

    /// <summary>Goes on after <paramref name="steps"/> steps, once <see cref="State"/> has been restored.</summary>
    public void Resume(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Steps = steps;
    }

    /// <summary>One step from the gathered gradients; they are zeros afterwards.</summary>
    public OptimizerReport Step()
    {
        double norm = Math.Sqrt(WeightUpdate.GradientSquareSum(_workers, _weights));
        if (!double.IsFinite(norm))
        {
            throw new InvalidOperationException(
                $"The gradient of step {Steps + 1} is not finite ({norm}): {Culprit()}. The weights are as they were.");
        }

        Steps++;
        float scale = norm > _config.ClipNorm ? (float)(_config.ClipNorm / norm) : 1;
        float factor = _config.Schedule.Factor(Steps, TotalSteps);
        _adamW.Step(Steps, factor, scale);
        _muon?.Step(factor, scale);
        ClearGradients();
        return new((float)norm, factor);
    }

    /// <summary>Forgets what has been gathered.</summary>
    public void ClearGradients()
    {
        foreach (Weight weight in _weights)
        {
            weight.Grad.Clear();
        }
    }

    /// <summary>Frees the state.</summary>
    public void Dispose()
    {
        _adamW.Dispose();
        _muon?.Dispose();
    }

    private string Culprit()
    {
        Weight? first = Array.Find(_weights, w => !double.IsFinite(WeightUpdate.GradientSquareSum(_workers, [w])));
        return first is null ? "no single weight is to blame" : $"'{first.Name}' is the first weight to blame";
    }
}
