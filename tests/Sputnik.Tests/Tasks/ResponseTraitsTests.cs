using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

public class ResponseTraitsTests
{
    private static readonly TaskFamilies Families = new();

    [Theory]
    [MemberData(nameof(TaskFamilyTests.Combinations), MemberType = typeof(TaskFamilyTests))]
    public void The_style_of_a_worked_response_is_found(string name, Style style, Language language)
    {
        ITaskFamily family = Families.Named(name);
        var random = new CounterRandom(21, "work");

        foreach (FormatFlaw flaw in Enum.GetValues<FormatFlaw>())
        {
            Problem problem = family.Create(random.Split((ulong)flaw), 2);
            var options = new WorkOptions { Language = language, Flaw = flaw };

            Assert.Equal(style, ResponseTraits.Of(family.Work(problem, style, options, ref random)).Style);
        }
    }

    [Fact]
    public void Checks_and_corrections_are_counted_in_both_languages()
    {
        ResponseTraits traits = ResponseTraits.Of("buys 1: 2+1=4\ncheck 4-1=3 no\n等等 2+1=3\n检查 3-1=2 ok\nso 3\n</think>\n\\boxed{3}");

        Assert.Equal(new ResponseTraits(Style.Checked, 2, 1), traits);
    }
}
