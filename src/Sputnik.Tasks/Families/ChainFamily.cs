using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>
/// Somebody has a number of things, gains, loses and doubles them. Difficulty d has d + 1 steps. Counts stay in 0..30 and
/// addends in 1..9, so that each step is a fact a tiny model can learn while the whole is out of reach of a direct answer.
/// </summary>
public sealed class ChainFamily : ITaskFamily
{
    private const int GreatestCount = 30;
    private static readonly ImmutableArray<string> Names =
        ["Ann", "Bo", "Cy", "Dan", "Eve", "Gus", "Hal", "Ivy", "Kim", "Lee", "Mia", "Tom"];

    private static readonly ImmutableArray<string> Things =
        ["shells", "pens", "cards", "coins", "apples", "books", "cups", "stones"];

    private static readonly ImmutableArray<string> Gains = ["buys", "finds", "gets", "wins"];
    private static readonly ImmutableArray<string> Losses = ["drops", "sells", "loses", "gives"];
    private readonly ChainRule _rule = new();

    /// <inheritdoc/>
    public string Name => "chain";

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
        string name = Names[random.NextInt(0, Names.Length - 1)];
        string thing = Things[random.NextInt(0, Things.Length - 1)];
        int start = random.NextInt(2, 20);
        int count = start;
        var steps = ImmutableArray.CreateBuilder<ProblemStep>();
        for (int i = 0; i <= difficulty; i++)
        {
            ProblemStep step = NextStep(count, ref random);
            steps.Add(step);
            count = _rule.Forward(step, count).Result;
        }

        string acts = string.Concat(steps.Select(step => $" {name} {step.Cue}."));
        return new Problem
        {
            Family = Name,
            Difficulty = difficulty,
            Prompt = $"{name} has {_rule.Show(start)} {thing}.{acts} How many {thing} does {name} have?",
            Answer = _rule.Show(count),
            Skeleton = Walk.Skeleton(start, steps),
            Numbers = [start],
            Steps = steps.ToImmutable(),
        };
    }

    /// <inheritdoc/>
    public string Work(Problem problem, Style style, WorkOptions options, ref CounterRandom random) =>
        Walk.Work(_rule, problem, style, options, ref random);

    /// <inheritdoc/>
    public Verdict Verify(Problem problem, string answer) => IntegerAnswer.Verify(problem.Answer, answer);

    private ProblemStep NextStep(int count, ref CounterRandom random)
    {
        if (count is > 0 and <= GreatestCount / 2 && random.NextInt(0, 5) == 0)
        {
            return new ProblemStep("doubles", '*', 2);
        }

        int operand = random.NextInt(1, 9);
        bool gains = operand > count || (count + operand <= GreatestCount && random.NextInt(0, 1) == 0);
        ImmutableArray<string> verbs = gains ? Gains : Losses;
        string verb = verbs[random.NextInt(0, verbs.Length - 1)];
        return new ProblemStep($"{verb} {_rule.Show(operand)}", gains ? '+' : '-', operand);
    }
}
