namespace Sputnik.Cli;

/// <summary>Where a model is when the user names it, or names none.</summary>
internal static class ModelLocation
{
    /// <summary>The model that comes with Sputnik.</summary>
    public const string Default = "models/sputnik-zero";

    /// <summary>The named path or pulled model (<see cref="ModelStore.Resolve"/>); without a name the model that comes with Sputnik, looked for here, beside the program, and in the folders above both.</summary>
    public static string Resolve(string? named) => Resolve(named, [Directory.GetCurrentDirectory(), AppContext.BaseDirectory]);

    internal static string Resolve(string? named, IEnumerable<string> starts) =>
        (named is null ? null : ModelStore.OfUser().Resolve(named))
        ?? starts.SelectMany(Upwards).Select(folder => Path.Combine(folder, Default)).FirstOrDefault(Directory.Exists)
        ?? throw new DirectoryNotFoundException(
            $"No model was named and '{Default}' is not here. Name one with --model, or train one: sputnik train recipes/zero-quick.");

    private static IEnumerable<string> Upwards(string start)
    {
        for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }
}
