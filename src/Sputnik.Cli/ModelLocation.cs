namespace Sputnik.Cli;

/// <summary>Where a model is when the user names it, or names none.</summary>
internal static class ModelLocation
{
    /// <summary>The model that comes with Sputnik.</summary>
    public const string Default = "models/sputnik-zero";

    /// <summary>The named folder; without a name the model that comes with Sputnik, looked for here and beside the program.</summary>
    public static string Resolve(string? named)
    {
        if (named is not null)
        {
            return named;
        }

        for (DirectoryInfo? at = new(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, Default);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, Default);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException(
            $"No model was named and '{Default}' is not here. Name one with --model, or train one: sputnik train recipes/zero-quick.");
    }
}
