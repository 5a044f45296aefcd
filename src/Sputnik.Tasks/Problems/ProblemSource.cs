using System.Collections.Immutable;
using Sputnik.Tensors;

namespace Sputnik.Tasks;

/// <summary>Draws problems of a split: the family by weight, the difficulty uniformly. A function of its arguments.</summary>
public sealed class ProblemSource
{
    // Train, validation and test hold at least a tenth each, so 400 misses in a row have a chance of 5e-19.
    private const int GreatestAttempts = 400;
    private readonly ImmutableArray<double> _weights;

    /// <summary>A source over the families of a mix.</summary>
    public ProblemSource(FamilyMix mix)
    {
        Mix = mix.Validate();
        Families = new TaskFamilies(mix.GreatestX);
        _weights = [.. Families.All.Select(family => mix.WeightOf(family.Name))];
    }

    /// <summary>How often each family is drawn.</summary>
    public FamilyMix Mix { get; }

    /// <summary>The families drawn from.</summary>
    public TaskFamilies Families { get; }

    /// <summary>The problem of a split that <paramref name="random"/> names; problem i of a seed is <c>Draw(split, stream.Split(i))</c>.</summary>
    public Problem Draw(Split split, CounterRandom random)
    {
        ITaskFamily family = Families.All[Choice.Draw(_weights.AsSpan(), ref random)];
        int difficulty = random.NextInt(family.LeastDifficulty, family.GreatestDifficulty);
        return Draw(family, split == Split.Hard ? family.HardDifficulty : difficulty, split, random);
    }

    /// <summary>A problem of one family and difficulty; the split says which skeletons it may have.</summary>
    public static Problem Draw(ITaskFamily family, int difficulty, Split split, CounterRandom random)
    {
        for (ulong attempt = 0; attempt < GreatestAttempts; attempt++)
        {
            Problem problem = family.Create(random.Split(attempt), difficulty);
            if (split == Split.Hard || Skeletons.SplitOf(problem.Skeleton) == split)
            {
                return problem;
            }
        }

        throw new InvalidOperationException($"No {split} problem among {GreatestAttempts} of {family.Name}, difficulty {difficulty}.");
    }

    /// <summary>The first <paramref name="count"/> problems of a split and seed, each skeleton once.</summary>
    public ImmutableArray<Problem> Distinct(Split split, ulong seed, int count)
    {
        var stream = new CounterRandom(seed, $"problems of {split}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<Problem>(count);
        for (ulong i = 0; problems.Count < count; i++)
        {
            if (i >= 100UL * (ulong)count)
            {
                throw new InvalidOperationException($"{split} has fewer than {count} different problems; found {problems.Count}.");
            }

            Problem problem = Draw(split, stream.Split(i));
            if (seen.Add(problem.Skeleton))
            {
                problems.Add(problem);
            }
        }

        return problems.MoveToImmutable();
    }
}
