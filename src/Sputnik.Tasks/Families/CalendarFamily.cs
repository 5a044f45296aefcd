using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>
/// A walk through the days of the week. Difficulty d has d + 1 steps of 1..6 days. A step is one of 84 facts that share
/// nothing with ordinary arithmetic; the whole is a sum modulo 7.
/// </summary>
public sealed class CalendarFamily : ITaskFamily
{
    private static readonly ImmutableArray<string> ForwardVerbs = ["on", "ahead"];
    private static readonly ImmutableArray<string> BackwardVerbs = ["back", "before"];
    private readonly CalendarRule _rule = new();

    /// <inheritdoc/>
    public string Name => "calendar";

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
        int start = random.NextInt(0, CalendarRule.Days.Length - 1);
        var steps = ImmutableArray.CreateBuilder<ProblemStep>(difficulty + 1);
        for (int i = 0; i <= difficulty; i++)
        {
            bool forward = random.NextInt(0, 1) == 0;
            string verb = (forward ? ForwardVerbs : BackwardVerbs)[random.NextInt(0, 1)];
            int days = random.NextInt(1, CalendarRule.Days.Length - 1);
            steps.Add(new ProblemStep($"{verb} {days}", forward ? '+' : '-', days));
        }

        string acts = string.Concat(steps.Select(step => $" Go {step.Cue}."));
        return new Problem
        {
            Family = Name,
            Difficulty = difficulty,
            Prompt = $"Today is {_rule.Show(start)}.{acts} Which day is it?",
            Answer = _rule.Show(Walk.End(_rule, start, steps)),
            Skeleton = Walk.Skeleton(start, steps),
            Numbers = [start],
            Steps = steps.MoveToImmutable(),
        };
    }

    /// <inheritdoc/>
    public string Work(Problem problem, Style style, WorkOptions options, ref CounterRandom random) =>
        Walk.Work(_rule, problem, style, options, ref random);

    /// <summary>The exact short name of a day.</summary>
    public Verdict Verify(Problem problem, string answer) => NamedAnswer.Verify(CalendarRule.Days, problem.Answer, answer);
}
