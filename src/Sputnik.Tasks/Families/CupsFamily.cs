using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>
/// A ball under one of six cups that are swapped in pairs. Difficulty d has d + 1 swaps, about two thirds of which move
/// the ball. Following a swap needs no arithmetic, only a look at the pair; composing the swaps in one go is hard.
/// </summary>
public sealed class CupsFamily : ITaskFamily
{
    private readonly CupsRule _rule = new();

    /// <inheritdoc/>
    public string Name => "cups";

    /// <inheritdoc/>
    public int LeastDifficulty => 1;

    /// <inheritdoc/>
    public int GreatestDifficulty => 5;

    /// <inheritdoc/>
    public int HardDifficulty => 7;

    /// <inheritdoc/>
    public Problem Create(CounterRandom random, int difficulty)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(difficulty, LeastDifficulty);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(difficulty, HardDifficulty);
        int start = random.NextInt(1, CupsRule.Cups.Length);
        int ball = start;
        var steps = ImmutableArray.CreateBuilder<ProblemStep>(difficulty + 1);
        for (int i = 0; i <= difficulty; i++)
        {
            ProblemStep step = NextSwap(ball, ref random);
            steps.Add(step);
            ball = _rule.Forward(step, ball).Result;
        }

        string acts = string.Concat(steps.Select(step => $" S{step.Cue[1..]}."));
        return new Problem
        {
            Family = Name,
            Difficulty = difficulty,
            Prompt = $"The ball is under {_rule.Show(start)}.{acts} Where is the ball?",
            Answer = _rule.Show(ball),
            Skeleton = Walk.Skeleton(start, steps),
            Numbers = [start],
            Steps = steps.MoveToImmutable(),
        };
    }

    /// <inheritdoc/>
    public string Work(Problem problem, Style style, WorkOptions options, ref CounterRandom random) =>
        Walk.Work(_rule, problem, style, options, ref random);

    /// <summary>The letter of a cup.</summary>
    public Verdict Verify(Problem problem, string answer) => NamedAnswer.Verify(CupsRule.Cups, problem.Answer, answer);

    private ProblemStep NextSwap(int ball, ref CounterRandom random)
    {
        int first = random.NextInt(0, 2) > 0 ? ball : random.NextInt(1, CupsRule.Cups.Length);
        int second = random.NextInt(1, CupsRule.Cups.Length - 1);
        second = second >= first ? second + 1 : second;
        (first, second) = random.NextInt(0, 1) == 0 ? (first, second) : (second, first);
        return _rule.Step(first, second);
    }
}
