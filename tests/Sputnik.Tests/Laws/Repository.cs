namespace Sputnik.Tests.Laws;

/// <summary>The checkout these tests were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of Sputnik.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the projects under src, for example Sputnik.Tensors.</summary>
    public static string[] Rooms { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Where(HasProject).Select(Leaf).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file under the named folders, as paths from the root with forward slashes.</summary>
    public static string[] Sources(params string[] folders) =>
    [
        .. folders
            .Where(folder => Directory.Exists(Path.Combine(Root, folder)))
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The lines of a file, named from the root.</summary>
    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>The built assembly of a room, copied next to these tests.</summary>
    public static string Assembly(string room) =>
        Path.Combine(AppContext.BaseDirectory, (room == "Sputnik.Cli" ? "sputnik" : room) + ".dll");

    private static bool HasProject(string folder) => File.Exists(Path.Combine(folder, Leaf(folder) + ".csproj"));

    private static string Leaf(string path) => Path.GetFileName(path)!;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sputnik.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Sputnik.slnx above '{AppContext.BaseDirectory}'.");
    }
}
