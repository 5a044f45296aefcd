using Sputnik.Cli;

namespace Sputnik.Tests.Cli;

public sealed class TerminalKindTests
{
    [Theory]
    [InlineData(false, "", true, true)]
    [InlineData(true, "", false, false)]
    [InlineData(false, "CI=true", false, false)]
    [InlineData(false, "TERM=dumb", false, false)]
    [InlineData(false, "NO_COLOR=1", true, false)]
    public void A_live_view_needs_a_terminal_with_somebody_before_it(bool redirected, string variable, bool live, bool colours)
    {
        string[] pair = variable.Split('=');

        var kind = TerminalKind.Of(redirected, name => name == pair[0] && pair.Length == 2 ? pair[1] : null);

        Assert.Equal(new TerminalKind(live, colours), kind);
    }
}
