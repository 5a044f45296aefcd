using Sputnik.Cli;

namespace Sputnik.Tests.Cli;

public sealed class ModelLocationTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sputnik-models-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_named_model_is_taken_as_it_is() => Assert.Equal("mine", ModelLocation.Resolve("mine", [_root]));

    [Fact]
    public void Without_a_name_it_is_looked_for_upwards()
    {
        string model = Directory.CreateDirectory(Path.Combine(_root, ModelLocation.Default)).FullName;
        string deep = Directory.CreateDirectory(Path.Combine(_root, "src", "deep")).FullName;

        Assert.Equal(model, ModelLocation.Resolve(null, [deep]));
    }

    [Fact]
    public void Where_there_is_none_the_message_says_how_to_get_one()
    {
        DirectoryNotFoundException error = Assert.Throws<DirectoryNotFoundException>(() => ModelLocation.Resolve(null, [_root]));

        Assert.Contains("sputnik train", error.Message, StringComparison.Ordinal);
    }
}
