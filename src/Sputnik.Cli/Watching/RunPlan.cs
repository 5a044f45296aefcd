using System.Globalization;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>Which run a train command means.</summary>
/// <param name="Recipe">What to compute; null goes on with the recipe that the folder was started with.</param>
/// <param name="Folder">The run folder.</param>
internal sealed record RunPlan(Recipe? Recipe, string Folder)
{
    /// <summary>Where run folders lie unless --out says otherwise.</summary>
    public const string RunsFolder = "runs";

    /// <summary>A new run. Without a folder it gets runs/name-seed, or runs/name-seed-2 and so on where that is taken.</summary>
    public static RunPlan New(string? recipe, IReadOnlyList<string> changes, string? folder, string runs = RunsFolder)
    {
        if (recipe is null)
        {
            throw new ArgumentException("train needs a recipe, for example recipes/zero-quick, or --resume to go on with a run.");
        }

        Recipe loaded = RecipeJson.Load(recipe, changes);
        return new(loaded, folder ?? FreeFolder(FirstFolder(loaded, runs)));
    }

    /// <summary>A run to go on with: the named one, or the latest that did not end, of the recipe where one is given.</summary>
    public static RunPlan Resumed(string? recipe, IReadOnlyList<string> changes, string? folder, string runs = RunsFolder)
    {
        if (folder is not null && (recipe is not null || changes.Count > 0))
        {
            throw new ArgumentException($"The run in '{folder}' goes on with the recipe it was started with; leave out the recipe and --set.");
        }

        string found = folder ?? LatestUnfinished(runs, recipe is null ? null : FirstFolder(RecipeJson.Load(recipe, changes), runs));
        if (!RecordedRun.Exists(found))
        {
            throw new DirectoryNotFoundException($"'{found}' holds no run ({RecordedRun.IdentityFile} is not there).");
        }

        return RecordedRun.IsFinished(found)
            ? throw new ArgumentException($"The run in '{found}' is finished; its report is {Path.Combine(found, RunReport.FileName)}.")
            : new(null, found);
    }

    private static string FirstFolder(Recipe recipe, string runs) =>
        Path.Combine(runs, string.Create(CultureInfo.InvariantCulture, $"{recipe.Name}-{recipe.Seed}"));

    private static string FreeFolder(string first)
    {
        string folder = first;
        for (int n = 2; Directory.Exists(folder); n++)
        {
            folder = string.Create(CultureInfo.InvariantCulture, $"{first}-{n}");
        }

        return folder;
    }

    private static string LatestUnfinished(string runs, string? first)
    {
        IEnumerable<string> folders = Directory.Exists(runs) ? Directory.EnumerateDirectories(runs) : [];
        string? latest = folders
            .Where(folder => first is null || IsOf(folder, first))
            .Where(folder => RecordedRun.Exists(folder) && !RecordedRun.IsFinished(folder))
            .MaxBy(RecordedRun.LastWrite);
        string which = first is null ? $"in '{runs}'" : $"'{first}'";
        return latest ?? throw new DirectoryNotFoundException($"There is no interrupted run {which}; name its folder: --resume DIR.");
    }

    /// <summary>Whether a folder is <paramref name="first"/> or that with a number behind.</summary>
    private static bool IsOf(string folder, string first) =>
        folder == first
        || (folder.StartsWith(first + "-", StringComparison.Ordinal)
            && int.TryParse(folder.AsSpan(first.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
