using Sputnik.Tasks;

namespace Sputnik.Tests.Tasks;

public class ExpressionVerifierTests
{
    private static readonly int[] Given = [2, 3, 7];

    [Theory]
    [InlineData("2*3+7")]
    [InlineData("7+3*2")]
    [InlineData(" ( 2 * 3 ) + 7 ")]
    [InlineData("((((2*3))))+7")]
    public void An_expression_that_reaches_the_target_with_each_number_once_is_right(string expression) =>
        Assert.Equal(1, ExpressionVerifier.Verify(Given, 13, expression).Score);

    [Theory]
    [InlineData("2*3")]
    [InlineData("2*3+7+7-7")]
    [InlineData("13")]
    [InlineData("2*3*7")]
    [InlineData("2**3+5")]
    [InlineData("27//2")]
    [InlineData("2.3+7")]
    [InlineData("9**9**9**9")]
    [InlineData("-2+3*7")]
    [InlineData("2*3+7=13")]
    [InlineData("2*3+07")]
    [InlineData("2 3 7")]
    [InlineData("2*(3+7")]
    [InlineData("2*3)+7")]
    [InlineData("7+2×3")]
    [InlineData("７+2*3")]
    [InlineData("2*3+7\0")]
    [InlineData("7/(2*3-6)")]
    [InlineData("")]
    public void Anything_else_earns_nothing(string expression) =>
        Assert.Equal(0, ExpressionVerifier.Verify(Given, 13, expression).Score);

    [Fact]
    public void Fractions_on_the_way_are_exact()
    {
        Assert.Equal(1, ExpressionVerifier.Verify([8, 8, 3, 3], 24, "8/(3-8/3)").Score);
        Assert.Equal(1, ExpressionVerifier.Verify([1, 3, 3], 1, "1/3*3").Score);
        Assert.Equal("division by zero", ExpressionVerifier.Verify([8, 3, 3], 24, "8/(3-3)").Why);
    }

    [Fact]
    public void The_largest_expression_is_bounded()
    {
        string deep = new string('(', 100_000) + "1" + new string(')', 100_000);
        string huge = string.Join('*', Enumerable.Repeat("999999999", 20));

        Assert.Equal("the expression is too long", ExpressionVerifier.Verify([1], 1, deep).Why);
        Assert.Equal("too many brackets", ExpressionVerifier.Verify([1], 1, deep[99_900..100_100]).Why);
        Assert.Equal(0, ExpressionVerifier.Verify([1], 1, huge).Score);
    }
}
