using System.Text.RegularExpressions;
using Sputnik.Generation;
using Sputnik.Generation.Grammars;
using Sputnik.Tensors;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

public sealed class RegexFormatTests
{
    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);

    [Theory]
    [InlineData("abc")]
    [InlineData("(a|bc)*d?")]
    [InlineData("[a-f]{2,5}x+")]
    [InlineData("(?:ab|[^a-z\\s]){1,4}$")]
    [InlineData("^\\d{3}-\\w+\\.$")]
    [InlineData("a{2}|b{0,3}c|")]
    [InlineData("[äö-ü]+[^\\x00-\\x7f]")]
    [InlineData("\\u0041[\\]\\-x]{3,}?")]
    [InlineData("((a?){3}b){2}")]
    [InlineData("{x}[\\]^]{2}")]
    public void Whatever_the_masks_allow_matches(string pattern)
    {
        Func<GrammarGuide> guides = Guides(pattern);
        Regex regex = new($"^(?:{pattern.TrimStart('^').TrimEnd('$')})$", RegexOptions.ECMAScript);
        int ended = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            (string text, bool whole) = RandomAnswer.Draw(guides, Tokenizer, seed, most: 60);
            bool inDotNet = !text.EnumerateRunes().Any(rune => rune.Value > 0xFFFF || rune.Value == 0xFFFD); // .NET matches units, not characters
            Assert.True(!whole || !inDotNet || regex.IsMatch(text), $"'{text}' does not match.");
            ended += whole ? 1 : 0;
        }

        Assert.True(ended > 0, "No walk ended.");
    }

    [Theory]
    [InlineData("(a|bc)*d?", "abcad", "abcdd")]
    [InlineData("[😀-😅]", "😃", "😆")]
    [InlineData("a.c", "aßc", "a\nc")]
    [InlineData("x{2,3}", "xxx", "xxxx")]
    [InlineData("^a|b$", "b", "ab")]
    [InlineData("\\s\\S\\d\\D\\w\\W", " a1aA-", "aa1aA-")]
    public void An_expression_takes_what_matches_whole(string pattern, string taken, string refused)
    {
        Assert.True(RandomAnswer.Takes(Guides(pattern), Tokenizer, taken));
        Assert.False(RandomAnswer.Takes(Guides(pattern), Tokenizer, refused));
    }

    [Theory]
    [InlineData("(?=a)b", "lookaround")]
    [InlineData("(?<n>a)", "named groups")]
    [InlineData("(a)\\1", "backreferences")]
    [InlineData("\\bword", "word boundaries")]
    [InlineData("\\p{L}", "Unicode properties")]
    [InlineData("a^b", "anchors")]
    [InlineData("a$b", "anchors")]
    [InlineData("(a$)", "anchors")]
    [InlineData("a++", "possessive")]
    [InlineData("\\q", "\\q")]
    public void What_is_not_built_is_refused_by_name(string pattern, string name)
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Guides(pattern));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData("a\\")]
    [InlineData("\\x4")]
    [InlineData("\\ud800")]
    [InlineData("[^\\s\\S]")]
    [InlineData("a{1,1000000}")]
    [InlineData("(a{60000}b{60000}){2}c{60000}")]
    [InlineData("a{99999999999}")]
    public void A_malformed_or_endless_one_is_a_callers_mistake(string pattern) =>
        Assert.ThrowsAny<ArgumentException>(() => Guides(pattern));

    [Fact]
    public void Sixty_thousand_nested_groups_are_an_error_and_no_crash() =>
        Assert.Throws<ArgumentException>(() => Guides(new string('(', 60_000) + "a" + new string(')', 60_000)));

    [Fact]
    public void Too_ambiguous_an_expression_is_refused_before_it_costs() =>
        Assert.Throws<ArgumentException>(() => Guides("(.{0,1000}){0,1000}"));

    [Fact]
    public void Too_many_loops_in_a_row_are_refused_before_they_cost() =>
        Assert.Throws<ArgumentException>(() => Guides(string.Concat(Enumerable.Repeat("(a|b|c)*", 4000))));

    [Fact]
    public void An_expression_whose_states_double_with_every_character_is_still_served()
    {
        GrammarGuide guide = Guides(".*a.{0,900}b")();
        foreach (int id in Tokenizer.Encode(string.Concat(Enumerable.Repeat("abaac", 100))))
        {
            guide.Accept(id);
        }

        TokenMask mask = new(Tokenizer.VocabularySize);
        guide.Restrict(mask);
        Assert.True(mask[Tokenizer.Encode("b")[0]]);
        Assert.Null(guide.Ended);
    }

    [Fact]
    public void States_that_are_forgotten_are_held_by_nothing()
    {
        // Its automaton has a state for each of 8,192 pasts.
        GrammarBuilder builder = new();
        GrammarMachine machine = new(FormatGrammar.Whole(builder, FormatGrammar.Body(builder, new(AnswerFormatKind.Regex, "[ab]*b[ab]{12}")), afterThinking: false, afterSpace: false));
        GrammarState state = machine.Start;
        CounterRandom random = new(1, "past");
        for (int i = 0; i < 100_000; i++)
        {
            state = machine.Step(state, (byte)"ab"[random.NextInt(0, 1)]);
        }

        HashSet<GrammarState> held = [machine.Start, state];
        Stack<GrammarState> left = new(held);
        while (left.TryPop(out GrammarState? from))
        {
            foreach (GrammarState next in from.Next.OfType<GrammarState>().Where(held.Add))
            {
                left.Push(next);
            }
        }

        Assert.InRange(held.Count, 2, GrammarLimits.States + 2);
    }

    [Fact]
    public void An_answer_whose_expression_grows_too_ambiguous_ends_with_an_error_and_never_with_fewer_words()
    {
        GrammarGuide guide = Guides("[ -~]*[b-z][ -~]{1500}")();
        TokenMask mask = new(Tokenizer.VocabularySize);

        Assert.Throws<ArgumentException>(() =>
        {
            for (int i = 0; i < 1400; i++)
            {
                mask.AllowAll();
                guide.Restrict(mask);
                guide.Accept(Tokenizer.Encode("c")[0]);
            }
        });
    }

    [Fact]
    public void Exponential_alternations_take_linear_work() =>
        Assert.True(RandomAnswer.Takes(Guides("((a|a|b)*)*c"), Tokenizer, new string('a', 2000) + "c"));

    private static Func<GrammarGuide> Guides(string pattern) =>
        new GrammarCompiler(Tokenizer).Compile(new(AnswerFormatKind.Regex, pattern)) ?? throw new InvalidOperationException("An expression has a guide.");
}
