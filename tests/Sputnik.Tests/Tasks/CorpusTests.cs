using Sputnik.Tasks;

namespace Sputnik.Tests.Tasks;

public class CorpusTests
{
    private static readonly ProblemSource Source = new(new FamilyMix());

    [Fact]
    public void A_document_depends_on_seed_and_index_alone()
    {
        var first = new Corpus(new CorpusSettings(), Source, 5);
        var second = new Corpus(new CorpusSettings(), new ProblemSource(new FamilyMix()), 5);
        var other = new Corpus(new CorpusSettings(), Source, 6);

        Assert.All(Enumerable.Range(0, 200).Reverse(), i => Assert.Equal(first[(ulong)i], second[(ulong)i]));
        Assert.NotEqual(first[0], other[0]);
    }

    [Fact]
    public void Shares_are_as_set()
    {
        var corpus = new Corpus(new CorpusSettings { FormatFlaws = 0 }, Source, 7);

        Document[] documents = [.. Enumerable.Range(0, 4000).Select(i => corpus[(ulong)i])];
        double drills = documents.Count(document => document.Prompt is null) / 4000.0;
        double direct = documents.Count(document => document.Response.StartsWith(ResponseFormat.Close, StringComparison.Ordinal)) / 4000.0;

        Assert.InRange(drills, 0.13, 0.17);
        Assert.InRange(direct, 0.85 * 0.47, 0.85 * 0.53);
    }

    [Fact]
    public void Every_sum_of_a_drill_is_true()
    {
        var corpus = new Corpus(new CorpusSettings { Drills = 1 }, Source, 8);

        foreach (int i in Enumerable.Range(0, 300))
        {
            foreach (string fact in corpus[(ulong)i].Response.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] sides = fact.Split('=');
                if (char.IsDigit(sides[0][0]))
                {
                    Assert.Equal(int.Parse(sides[1], null), Value(sides[0]));
                }
            }
        }
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CorpusSettings { Drills = 1.5 }.Validate());
        Assert.Throws<ArgumentException>(() => new CorpusSettings { Drills = double.NaN }.Validate());
        Assert.Throws<ArgumentException>(() => new CorpusSettings { Styles = new StyleMix { Direct = 0.5 } }.Validate());
        Assert.Throws<ArgumentException>(() => new CorpusSettings { Chinese = 0.6, Mixed = 0.6 }.Validate());
        Assert.Throws<ArgumentException>(() => new FamilyMix { Chain = -1 }.Validate());
        Assert.Throws<ArgumentException>(() => new FamilyMix { Chain = 0, Equation = 0, Calendar = 0, Cups = 0 }.Validate());
    }

    private static int Value(string side)
    {
        int at = side.IndexOfAny(['+', '-', '*', '/']);
        int left = int.Parse(side[..at], null), right = int.Parse(side[(at + 1)..], null);
        return side[at] switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right };
    }
}
