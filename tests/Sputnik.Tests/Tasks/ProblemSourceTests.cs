using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

public class ProblemSourceTests
{
    private static readonly ProblemSource Source = new(new FamilyMix());

    [Fact]
    public void No_test_or_validation_skeleton_occurs_among_20000_training_problems()
    {
        var training = new HashSet<string>();
        var stream = new CounterRandom(1, "corpus");
        for (ulong i = 0; i < 20_000; i++)
        {
            training.Add(Source.Draw(Split.Train, stream.Split(i)).Skeleton);
        }

        foreach (Split split in new[] { Split.Validation, Split.Test, Split.Hard })
        {
            Assert.All(Source.Distinct(split, 2, 1000), problem => Assert.DoesNotContain(problem.Skeleton, training));
        }
    }

    [Fact]
    public void The_test_split_of_equations_is_not_trivially_small()
    {
        var source = new ProblemSource(new FamilyMix { Chain = 0, Calendar = 0, Cups = 0 });

        Assert.Equal(300, source.Distinct(Split.Test, 3, 300).Length);
    }

    [Fact]
    public void A_split_that_is_too_small_is_reported()
    {
        var source = new ProblemSource(new FamilyMix { Chain = 0, Calendar = 0, Cups = 0, GreatestX = 3 });

        Assert.Throws<InvalidOperationException>(() => source.Distinct(Split.Test, 3, 1000));
    }

    [Fact]
    public void Splits_part_skeletons_eight_to_one_to_one()
    {
        var counts = new Dictionary<Split, int>();
        for (int i = 0; i < 100_000; i++)
        {
            Split split = Skeletons.SplitOf($"{i % 30}+{i / 30}");
            counts[split] = counts.GetValueOrDefault(split) + 1;
        }

        Assert.InRange(counts[Split.Train], 79_000, 81_000);
        Assert.InRange(counts[Split.Validation], 9_500, 10_500);
        Assert.InRange(counts[Split.Test], 9_500, 10_500);
    }

    [Fact]
    public void The_hash_is_pinned()
    {
        Assert.Equal(Split.Train, Skeletons.SplitOf("11+1-4"));
        Assert.Equal(Split.Validation, Skeletons.SplitOf("3+7*2"));
        Assert.Equal(Split.Test, Skeletons.SplitOf("7*x+4=2*x+34"));
    }

    [Fact]
    public void Every_split_has_every_family_at_its_difficulties()
    {
        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (ITaskFamily family in Source.Families.All)
            {
                Problem[] problems = [.. Source.Distinct(split, 4, 600).Where(problem => problem.Family == family.Name)];
                int[] difficulties = [.. problems.Select(problem => problem.Difficulty).Distinct().Order()];
                IEnumerable<int> expected = split == Split.Hard
                    ? [family.HardDifficulty]
                    : Enumerable.Range(family.LeastDifficulty, family.GreatestDifficulty - family.LeastDifficulty + 1);

                Assert.Equal(expected, difficulties);
            }
        }
    }
}
