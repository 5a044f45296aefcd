using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>convert</c> says of a folder it wrote.</summary>
internal sealed record WrittenFolder
{
    public required string Folder { get; init; }

    /// <summary>Names of its files.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required long Bytes { get; init; }

    public required double Seconds { get; init; }

    public static WrittenFolder Of(string folder, double seconds)
    {
        FileInfo[] files = new DirectoryInfo(folder).GetFiles();
        return new()
        {
            Folder = folder,
            Files = [.. files.Select(file => file.Name).Order(StringComparer.Ordinal)],
            Bytes = files.Sum(file => file.Length),
            Seconds = seconds,
        };
    }

    public override string ToString() => $"{Folder}: {Quantity.Scaled(Bytes)}B, {string.Join(", ", Files)}, in {Quantity.Duration(Seconds)}";
}
