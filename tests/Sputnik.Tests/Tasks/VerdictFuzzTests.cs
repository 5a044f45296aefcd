using FsCheck;
using FsCheck.Fluent;
using Sputnik.Tasks;
using Sputnik.Tensors;

namespace Sputnik.Tests.Tasks;

/// <summary>The verdict law: verifiers end, never throw and stay in [0, 1] on whatever a model writes.</summary>
public class VerdictFuzzTests
{
    private static readonly TaskFamilies Families = new();
    private static readonly Verifier Judge = new(Families);
    private static readonly Config Fuzz = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 11);

    private static readonly string[] Pieces =
    [
        "</think>", "<think>", "\\boxed{", "\\boxed", "{", "}", "(", ")", "+", "-", "*", "/", "**", "//", ".", "=", " ", "\n",
        "0", "7", "23", "007", "999999999999", "٣", "７", "½", "∞", "Mon", "Sunday", "check", "检查", "等等", "\0", "\ud83d",
        "\ud83d\ude00", "9**9**9", "1e308", "NaN", "\u202e", "so ", ": ",
    ];

    public static TheoryData<string> Monsters() => new(
        "</think>\\boxed{" + new string('{', 100_000),
        "</think>\\boxed{" + new string('9', 100_000) + "}",
        string.Concat(Enumerable.Repeat("</think>", 12_500)),
        string.Concat(Enumerable.Repeat("\\boxed{", 14_000)),
        "</think>" + string.Concat(Enumerable.Repeat("\\boxed{1}", 11_000)),
        new string('(', 100_000),
        new string('检', 100_000),
        new string('\ud800', 100_000),
        "</think>\\boxed{9**9**9**9}",
        "</think>\\boxed{" + new string(' ', 100_000) + "1}");

    [Fact]
    public void Arbitrary_text_is_judged() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Holds(text ?? "")).Check(Fuzz);

    [Fact]
    public void Text_made_of_traps_is_judged()
    {
        Gen<string> traps = Gen.Elements(Pieces).ListOf().Select(string.Concat);

        Prop.ForAll(traps.ToArbitrary(), Holds).Check(Fuzz);
    }

    [Fact]
    public void Boxed_traps_are_judged()
    {
        Gen<string> traps = Gen.Elements(Pieces).ListOf().Select(pieces => $"</think>\n\\boxed{{{string.Concat(pieces)}}}");

        Prop.ForAll(traps.ToArbitrary(), Holds).Check(Fuzz);
    }

    [Theory]
    [MemberData(nameof(Monsters), DisableDiscoveryEnumeration = true)]
    public void Monsters_are_judged(string text) => Assert.True(Holds(text));

    private static bool Holds(string text)
    {
        bool holds = true;
        foreach (ITaskFamily family in Families.All)
        {
            Problem problem = family.Create(new CounterRandom(3, family.Name), 2);
            Verdict whole = Judge.Verify(problem, text);
            holds &= InRange(whole) && whole == Judge.Verify(problem, text) && InRange(family.Verify(problem, text));
        }

        _ = ResponseTraits.Of(text);
        return holds
            && InRange(ExpressionVerifier.Verify([2, 3, 7], 13, text))
            && LanguageConsistency.Share(text, Language.English) is null or (>= 0 and <= 1);
    }

    private static bool InRange(Verdict verdict) => verdict.Score is >= 0 and <= 1 && verdict.Why.Length > 0;
}
