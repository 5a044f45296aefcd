namespace Sputnik.Cli;

/// <summary>A model in the store.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Manifest">What it holds.</param>
internal sealed record StoredModel(string Folder, ModelManifest Manifest)
{
    /// <summary>OWNER/NAME.</summary>
    public string Name => Manifest.Repository;

    /// <summary>
    /// What <c>--model</c> opens: the folder of a model with a configuration, else its one GGUF file (the first of a split
    /// set), or the one that <paramref name="pattern"/> names.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing fits, several do, or a file that belongs to it is not here yet.</exception>
    public string ToOpen(string? pattern)
    {
        IReadOnlyList<string> paths = [.. Manifest.Files.Select(file => file.Path)];
        if (pattern is null && paths.Contains("config.json"))
        {
            return Manifest.Missing.FirstOrDefault(path => !FileChoice.IsGguf(path)) is { } absent ? throw NotWhole(absent) : Folder;
        }

        IReadOnlyList<string> found = pattern is null ? [.. paths.Where(FileChoice.IsGguf)] : FileChoice.Matching(paths, pattern);
        if (Manifest.Missing.FirstOrDefault(path => found.Count == 0 || found.Any(one => SplitSet.AreOne(one, path))) is { } gone)
        {
            throw NotWhole(gone);
        }

        string[] first = [.. found.GroupBy(SplitSet.NameOf, StringComparer.Ordinal).Select(set => set.Order(StringComparer.Ordinal).First())];
        return first switch
        {
            [var one] => PlainPath.Below(Folder, one),
            [] => throw new ArgumentException($"'{Name}' has no file like '{pattern ?? "*.gguf"}'; see what it has: sputnik models show {Name}"),
            _ => throw new ArgumentException($"'{Name}' holds several models; name one: {string.Join(", ", first.Select(path => $"{Name}:{path}"))}"),
        };
    }

    private ArgumentException NotWhole(string absent) =>
        new($"'{Name}' is not whole, '{absent}' is missing; go on with: sputnik pull {Name}{(FileChoice.IsGguf(absent) ? $":{SplitSet.NameOf(absent)}" : "")}");
}
