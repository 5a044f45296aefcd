using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>
/// Pretraining and supervised fine-tuning: a step lowers the mean of −log p over all learned tokens of its sequences. The
/// divisor is known before the first micro-batch, so loss and gradients do not depend on the micro-batches, to the bit.
/// </summary>
/// <param name="model">What learns.</param>
/// <param name="optimizer">Steps the weights of <paramref name="model"/>.</param>
/// <param name="pass">Runs <paramref name="model"/>.</param>
/// <param name="biasStep">How far a router's selection bias moves in a step; 0 = not at all. V3: 0.001; ours 0.003.</param>
public sealed class SupervisedTrainer(ILanguageModel model, Optimizer optimizer, SequencePass pass, float biasStep = 0)
{
    /// <summary>One step over all of <paramref name="sequences"/>.</summary>
    public SupervisedReport Step(IReadOnlyList<ScoredSequence> sequences)
    {
        int tokens = sequences.Sum(s => s.Count);
        if (tokens == 0)
        {
            throw new ArgumentException("A step needs at least one sequence.", nameof(sequences));
        }

        double sum = 0;
        float seed = -1f / tokens;
        pass.Learn(sequences, temperature: 1, (_, logProbs, seeds) =>
        {
            seeds.Fill(seed);
            foreach (float logProb in logProbs)
            {
                sum -= logProb;
            }
        });

        OptimizerReport step = optimizer.Step();
        return new(sum / tokens, tokens, step.GradientNorm, step.RateFactor, RouterBalance.Update(model, biasStep));
    }
}
