namespace Sputnik.Cli;

/// <summary>A model to serve, and what its clients call it.</summary>
internal sealed record NamedModel(string Name, string Path)
{
    /// <summary>What the command line names: PATH, a pulled model, or NAME=PATH; nothing means the model that comes with Sputnik.</summary>
    /// <exception cref="ArgumentException">A name is empty, or two models have one.</exception>
    public static IReadOnlyList<NamedModel> Read(IReadOnlyList<string> given)
    {
        NamedModel[] models = given.Count == 0 ? [At(null)] : [.. given.Select(Read)];
        foreach (IGrouping<string, NamedModel> same in models.GroupBy(model => model.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new ArgumentException($"Two models would be called '{same.Key}'; name one of them otherwise: --model NAME={same.Last().Path}");
        }

        return models;
    }

    private static NamedModel Read(string given)
    {
        // A path that is there is meant as it stands: '=' is a letter like others in it.
        int mark = System.IO.Path.Exists(given) ? -1 : given.IndexOf('=', StringComparison.Ordinal);
        if (mark < 0)
        {
            return At(given);
        }

        string name = given[..mark], path = given[(mark + 1)..];
        return name.Length > 0 && path.Length > 0 && !name.Any(char.IsControl)
            ? At(path) with { Name = name }
            : throw new ArgumentException($"--model takes MODEL or NAME=MODEL, got '{given}'.");
    }

    private static NamedModel At(string? named)
    {
        string path = ModelLocation.Resolve(named);
        return new(ServedModels.NameOf(path), path);
    }
}
