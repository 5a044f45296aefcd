using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

public class TaskFamilyTests
{
    private static readonly TaskFamilies Families = new();
    private static readonly Verifier Judge = new(Families);

    public static TheoryData<string, Style, Language> Combinations()
    {
        var data = new TheoryData<string, Style, Language>();
        foreach (ITaskFamily family in Families.All)
        {
            foreach (Style style in Enum.GetValues<Style>())
            {
                foreach (Language language in Enum.GetValues<Language>())
                {
                    data.Add(family.Name, style, language);
                }
            }
        }

        return data;
    }

    public static TheoryData<string> Names() => new(Families.All.Select(family => family.Name));

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_response_without_slips_is_right(string name, Style style, Language language)
    {
        var random = new CounterRandom(11, "work");
        var options = new WorkOptions { Language = language };

        foreach (Problem problem in Problems(name))
        {
            string response = Families.Named(name).Work(problem, style, options, ref random);

            Assert.Equal("right", Judge.Verify(problem, response).Why);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Checked_responses_correct_every_slip(string name)
    {
        var random = new CounterRandom(12, "work");
        var options = new WorkOptions { SlipProbability = 0.5 };
        int corrections = 0;

        foreach (Problem problem in Problems(name))
        {
            string response = Families.Named(name).Work(problem, Style.Checked, options, ref random);
            corrections += response.Contains(" no\nwait ", StringComparison.Ordinal) ? 1 : 0;

            Assert.True(Judge.Verify(problem, response).IsRight, response);
        }

        Assert.True(corrections > 50);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_slip_in_uncorrected_styles_shows_in_the_answer_mostly(string name)
    {
        var random = new CounterRandom(13, "work");
        var options = new WorkOptions { SlipProbability = 1 };
        int wrong = 0, all = 0;

        foreach (Problem problem in Problems(name))
        {
            string response = Families.Named(name).Work(problem, Style.Steps, options, ref random);
            wrong += Judge.Verify(problem, response).IsRight ? 0 : 1;
            all++;
        }

        Assert.True(wrong > all / 2, $"{wrong} of {all}");
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_flawed_form_scores_nothing(string name, Style style, Language language)
    {
        var random = new CounterRandom(14, "work");

        foreach (FormatFlaw flaw in new[] { FormatFlaw.NoClose, FormatFlaw.NoBox, FormatFlaw.Said })
        {
            var options = new WorkOptions { Language = language, Flaw = flaw };
            Problem problem = Problems(name).First();
            string response = Families.Named(name).Work(problem, style, options, ref random);
            Verdict verdict = Judge.Verify(problem, response);

            Assert.Equal(0, verdict.Score);
            Assert.False(verdict.WellFormed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_answers_are_wrong(string name)
    {
        string[] answers = ["", "x", "-1", "007", "+3", "3.0", "٣", "999999999999999999999999", "Frid", "monday", "1e1", "0x1"];

        foreach (Problem problem in Problems(name))
        {
            Assert.All(answers, answer => Assert.Equal(0, Families.Of(problem).Verify(problem, answer).Score));
            Assert.Equal(1, Families.Of(problem).Verify(problem, $" {problem.Answer} ").Score);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Problems_are_a_function_of_the_stream(string name)
    {
        Problem[] first = [.. Problems(name)];
        Problem[] second = [.. Problems(name)];

        Assert.Equal(first.Select(problem => problem.Prompt), second.Select(problem => problem.Prompt));
        Assert.True(first.Select(problem => problem.Skeleton).Distinct().Count() > first.Length / 2);
    }

    private static IEnumerable<Problem> Problems(string name)
    {
        ITaskFamily family = Families.Named(name);
        var random = new CounterRandom(10, name);
        for (int difficulty = family.LeastDifficulty; difficulty <= family.HardDifficulty; difficulty++)
        {
            for (ulong i = 0; i < 40; i++)
            {
                yield return family.Create(random.Split(((ulong)difficulty * 1000) + i), difficulty);
            }
        }
    }
}
