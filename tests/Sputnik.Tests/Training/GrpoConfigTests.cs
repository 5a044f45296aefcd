using Sputnik.Training;

namespace Sputnik.Tests.Training;

public sealed class GrpoConfigTests
{
    [Fact]
    public void The_defaults_are_valid_and_on_policy() => Assert.True(new GrpoConfig().Validate().IsOnPolicy);

    [Fact]
    public void A_wrong_value_is_named()
    {
        GrpoConfig config = new() { GroupSize = 1 };

        ArgumentException error = Assert.Throws<ArgumentException>(config.Validate);

        Assert.StartsWith("GroupSize is 1; it has to be at least 2", error.Message, StringComparison.Ordinal);
    }
}
