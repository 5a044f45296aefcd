using Sputnik.Generation;
using Sputnik.Tests.Text;
using Sputnik.Text;

namespace Sputnik.Tests.Generation.Grammars;

public sealed class GbnfTests
{
    private const string Sums = """
        # sums of products
        root  ::= (expr "=" ws term "\n")+
        expr  ::= term ([-+*/] term)*
        term  ::= ident | num | "(" ws expr ")" ws   # a comment
        ident ::= [a-z] [a-z0-9_]* ws
        num   ::= [0-9]+ ws
        ws    ::= [ \t\n]*
        """;

    private const string List = """
        root ::= item{2,3}
        item ::= "- " [^\n\x0b\u2028]+ "\n"
        """;

    private const string Branches = """
        root ::=
          "a" (
            "b" |
            "c"
          )*
          | other
        other ::= "\x41\u00e4\U0001F600\"\\" .
        """;

    private static readonly Tokenizer Tokenizer = SmallTokenizer.Train(600);

    [Theory]
    [InlineData(Sums, "a+(1*b_2)=3\nx=y\n", "a+=3\n")]
    [InlineData(List, "- eins\n- zwei ß\n", "- eins\n")]
    [InlineData(Branches, "abccb", "ad")]
    [InlineData(Branches, "Aä😀\"\\検", "Aä😀\"\\")]
    public void A_grammar_takes_its_texts(string grammar, string taken, string refused)
    {
        Assert.True(RandomAnswer.Takes(Guides(grammar), Tokenizer, taken));
        Assert.False(RandomAnswer.Takes(Guides(grammar), Tokenizer, refused));
    }

    [Theory]
    [InlineData("root ::= root \"a\" | \"b\"", "itself before")]
    [InlineData("root ::= a \"x\" | \"y\"\na ::= b?  root\nb ::= \"b\"", "itself before")]
    [InlineData("root ::= \"a\" root", "never ends")]
    [InlineData("root ::= missing", "'missing'")]
    [InlineData("start ::= \"a\"", "'root'")]
    [InlineData("root ::= \"a", "ends too early")]
    [InlineData("root ::= (\"a\"", "not closed")]
    [InlineData("root ::= \"a\" )", "')'")]
    [InlineData("root = \"a\"", "'::='")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "twice")]
    [InlineData("root ::= \"a\"{1,1000000}", "1000000")]
    [InlineData("", "'root'")]
    public void A_malformed_grammar_says_what_is_wrong(string grammar, string why)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Guides(grammar));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_by_name_are_refused_by_name() =>
        Assert.Contains("tokens by name", Assert.Throws<NotSupportedException>(() => Guides("root ::= <[5]>")).Message, StringComparison.Ordinal);

    [Fact]
    public void Sixty_thousand_nested_groups_are_an_error_and_no_crash() =>
        Assert.Throws<ArgumentException>(() => Guides("root ::= " + new string('(', 60_000)));

    [Fact]
    public void A_source_that_is_too_long_is_refused() =>
        Assert.Throws<ArgumentException>(() => Guides("root ::= \"" + new string('a', 70_000) + "\""));

    [Fact]
    public void Right_recursion_does_not_pile_up()
    {
        string text = new string('a', 5000) + "b";

        Assert.True(RandomAnswer.Takes(Guides("root ::= \"a\" root | \"b\""), Tokenizer, text));
    }

    private static Func<GrammarGuide> Guides(string grammar) =>
        new GrammarCompiler(Tokenizer).Compile(new(AnswerFormatKind.Grammar, grammar)) ?? throw new InvalidOperationException("A grammar has a guide.");
}
