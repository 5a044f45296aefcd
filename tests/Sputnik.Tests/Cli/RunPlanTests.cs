using Sputnik.Cli;
using Sputnik.Tests.Training;

namespace Sputnik.Tests.Cli;

public sealed class RunPlanTests : IDisposable
{
    private readonly string _runs = Directory.CreateTempSubdirectory("sputnik-runs-").FullName;
    private readonly string _recipe = Path.Combine(Laws.Repository.Root, "recipes/zero-mini");

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [Fact]
    public void A_new_run_is_named_after_recipe_and_seed_and_numbered_where_that_is_taken()
    {
        string first = RunPlan.New(_recipe, ["seed=5"], null, _runs).Folder;
        Directory.CreateDirectory(first);
        string second = RunPlan.New(_recipe, ["seed=5"], null, _runs).Folder;

        Assert.Equal((Path.Combine(_runs, "zero-mini-5"), Path.Combine(_runs, "zero-mini-5-2")), (first, second));
    }

    [Fact]
    public void A_named_folder_is_taken_as_it_is() => Assert.Equal("here", RunPlan.New(_recipe, [], "here", _runs).Folder);

    [Fact]
    public void Without_a_folder_the_interrupted_run_goes_on()
    {
        RunSketch.Write(Path.Combine(_runs, "sketch-7"));
        RunSketch.Write(Path.Combine(_runs, "sketch-7-2"), finished: false);

        RunPlan plan = RunPlan.Resumed(null, [], null, _runs);

        Assert.Equal((null, Path.Combine(_runs, "sketch-7-2")), (plan.Recipe, plan.Folder));
    }

    [Fact]
    public void A_recipe_names_its_own_interrupted_run_only()
    {
        RunSketch.Write(Path.Combine(_runs, "sketch-7"), finished: false);

        Assert.Throws<DirectoryNotFoundException>(() => RunPlan.Resumed(_recipe, [], null, _runs));
        Assert.Equal(Path.Combine(_runs, "sketch-7"), RunPlan.Resumed(_recipe, ["name=sketch", "seed=7"], null, _runs).Folder);
    }

    [Fact]
    public void A_finished_run_does_not_go_on()
    {
        string folder = Path.Combine(_runs, "sketch-7");
        RunSketch.Write(folder);

        ArgumentException error = Assert.Throws<ArgumentException>(() => RunPlan.Resumed(null, [], folder, _runs));

        Assert.Contains("is finished", error.Message, StringComparison.Ordinal);
    }
}
