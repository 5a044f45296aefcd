using System.Globalization;
using System.Text.RegularExpressions;

namespace Sputnik.Cli;

/// <summary>A GGUF model cut into files, NAME-00001-of-00003.gguf and so on, as gguf-split names them.</summary>
internal static partial class SplitSet
{
    /// <summary>The name the whole set shares: what stands before the number, or the path itself where it is no part of a set.</summary>
    public static string NameOf(string path) => Part().Match(path) is { Success: true } part ? $"{part.Groups["name"].Value}-*-of-{part.Groups["count"].Value}.gguf" : path;

    /// <summary>Both are parts of one set.</summary>
    public static bool AreOne(string one, string other) => NameOf(one) == NameOf(other);

    /// <summary>All paths of the set that <paramref name="path"/> belongs to; just that path where it is no part of a set.</summary>
    /// <exception cref="InvalidDataException">Parts are not there.</exception>
    public static IReadOnlyList<string> Whole(string path, IReadOnlyCollection<string> all)
    {
        Match part = Part().Match(path);
        if (!part.Success)
        {
            return [path];
        }

        int count = int.Parse(part.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        string[] there = [.. all.Where(other => AreOne(other, path)).Distinct().Order(StringComparer.Ordinal)];
        return there.Length == count
            ? there
            : throw new InvalidDataException($"'{PlainPath.Shown(path)}' is one of {count} files, and only {there.Length} of them are in the repository; choose another file.");
    }

    [GeneratedRegex(@"^(?<name>.+)-(?<number>[0-9]{5})-of-(?<count>[0-9]{5})\.gguf$", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
