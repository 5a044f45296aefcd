using Sputnik.Models;

namespace Sputnik.Training;

/// <summary>What it takes to repeat the run.</summary>
internal static class FactSection
{
    public static Markup Render(RecordedRun run)
    {
        ModelSize size = Size(run);
        string? file = run.WeightsFileSha256();
        string json = RecipeJson.ToText(run.Recipe);
        return Html.Of(
            $"""
            <h2>Facts</h2>
            <p class="soft">Recipe, seed and code decide every bit of the weights; machine and threads only the time.</p>
            <dl>
            {Fact("recipe", run.Recipe.Name)}{Fact("seed", $"{run.Identity.Seed}")}{Fact("model", $"{Quantity.Scaled(size.Total)} parameters, {Quantity.Scaled(size.Active)} active")}{Fact("code", run.Identity.CodeVersion)}{Fact("machine", run.Identity.Machine)}{Fact("weights", run.Summary?.WeightsSha256)}{Fact("model.safetensors", file)}
            </dl>
            <details><summary>The recipe with every value</summary><pre>{json}</pre></details>
            """);
    }

    /// <summary>Size of the published model; before it is published that of the recipe, whose vocabulary is an upper bound.</summary>
    internal static ModelSize Size(RecordedRun run)
    {
        string config = Path.Combine(run.ModelPath, ModelFolder.ConfigFile);
        return File.Exists(config) ? ModelBlueprint.Parse(File.ReadAllBytes(config), config).Size : ModelSize.Of(run.Recipe.Model);
    }

    private static Markup Fact(string name, string? value) =>
        value is null ? Markup.Empty : Html.Of($"<dt>{name}</dt><dd>{value}</dd>\n");
}
