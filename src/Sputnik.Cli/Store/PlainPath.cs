namespace Sputnik.Cli;

/// <summary>Names that came from somebody else and become names on this disk.</summary>
internal static class PlainPath
{
    private const int LongestSegment = 255;
    private const int LongestPath = 1024;

    // Reserved by Windows with any extension; a store is copied between systems.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>Why a path with forward slashes does not stay below the folder that it is put in, on any system; null where it does.</summary>
    public static string? Fault(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return $"it has {path.Length} characters, not 1 to {LongestPath}";
        }

        foreach (string segment in path.Split('/'))
        {
            if (SegmentFault(segment) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>Where a checked path is below <paramref name="folder"/>.</summary>
    public static string Below(string folder, string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The text as a terminal may show it: control characters, which could rewrite the screen, are question marks.</summary>
    public static string Shown(string text) => string.Concat(text.Take(LongestSegment).Select(c => char.IsControl(c) ? '?' : c));

    private static string? SegmentFault(string segment) => segment switch
    {
        "" => "it has an empty part",
        "." or ".." => $"'{segment}' leads elsewhere",
        { Length: > LongestSegment } => $"a part is longer than {LongestSegment} characters",
        _ when segment.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|') => "it has a character that names a drive, a stream or a pattern",
        _ when segment[^1] is '.' or ' ' => "a part ends with a dot or a space",
        _ when Devices.Contains(segment.Split('.')[0], StringComparer.OrdinalIgnoreCase) => $"'{segment}' is a device",
        _ => null,
    };
}
