namespace Sputnik.Cli;

/// <summary>The pulled models: a folder OWNER/NAME each, with a manifest.</summary>
/// <param name="root">The folder of all.</param>
internal sealed class ModelStore(string root)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SPUTNIK_MODELS";

    /// <summary>The folder without the variable.</summary>
    public const string DefaultRoot = "~/.cache/sputnik/models";

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The store of this user.</summary>
    public static ModelStore OfUser() => Of(Environment.GetEnvironmentVariable);

    /// <summary>What a command opens for <c>--model</c>: a path that is there, or a pulled model as OWNER/NAME, NAME or NAME:FILE.</summary>
    /// <returns>A folder or a file; a name that is neither comes back as it is.</returns>
    /// <exception cref="ArgumentException">The name fits several models, or one that is not whole.</exception>
    public string Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Path.Exists(nameOrPath) || !HubReference.TryParse(nameOrPath, out HubReference? reference))
        {
            return nameOrPath;
        }

        return Find(reference.Repository) is { } model ? model.ToOpen(reference.File) : nameOrPath;
    }

    /// <summary>Where a repository's files are.</summary>
    public string FolderOf(string repository) => PlainPath.Below(Root, repository);

    /// <summary>The model of a name, with or without its owner; null where there is none.</summary>
    /// <exception cref="ArgumentException">Several owners have one.</exception>
    public StoredModel? Find(string name)
    {
        if (Open(FolderOf(name)) is { } exact)
        {
            return exact;
        }

        StoredModel[] found = name.Contains('/', StringComparison.Ordinal) ? [] : [.. List().Where(model => model.Name.EndsWith('/' + name, StringComparison.Ordinal))];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new ArgumentException($"There are several models '{name}'; name the owner too: {string.Join(", ", found.Select(model => model.Name))}");
    }

    /// <summary>The model of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public StoredModel Need(string name) => Find(HubReference.Parse(name).Repository)
        ?? throw new ArgumentException($"There is no model '{name}' in {Root}; see what there is: sputnik models");

    /// <summary>All models by name.</summary>
    public IEnumerable<StoredModel> List()
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        string[] owners = Directory.GetDirectories(Root);
        return owners.Concat(owners.SelectMany(Directory.GetDirectories)).Select(Open).OfType<StoredModel>().OrderBy(model => model.Name, StringComparer.Ordinal);
    }

    /// <summary>Removes what was pulled, parts that were begun among it; what somebody else put there stays.</summary>
    /// <returns>The folder, if it is still there because something else is in it.</returns>
    public string? Remove(StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (string path in model.Manifest.Files.Select(file => file.Path).Concat(model.Manifest.Missing))
        {
            string file = PlainPath.Below(model.Folder, path);
            File.Delete(file);
            PartFile.Delete(file);
            for (string? folder = Path.GetDirectoryName(file); folder is not null && folder.Length > model.Folder.Length && IsEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                Directory.Delete(folder);
            }
        }

        File.Delete(Path.Combine(model.Folder, ModelManifest.FileName));
        for (string? folder = model.Folder; folder is not null && folder.Length > Root.Length && IsEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            Directory.Delete(folder);
        }

        return Directory.Exists(model.Folder) ? model.Folder : null;
    }

    internal static ModelStore Of(Func<string, string?> environment) => new(environment(Variable) is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "sputnik", "models"));

    private static StoredModel? Open(string folder) => ModelManifest.Read(folder) is { } manifest ? new(folder, manifest) : null;

    private static bool IsEmpty(string folder) => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();
}
