using System.Globalization;

namespace Sputnik.Fuzz;

/// <summary>
/// The address space of this process as Linux counts it. What a case asked for is known exactly where it reached a new peak,
/// and is otherwise no more than an earlier case's; the garbage collector reserves its heap once and does not disturb it.
/// </summary>
internal static class NativePeak
{
    private const string Status = "/proc/self/status";

    /// <summary>Bytes now, and the most there ever were; zeros on other systems.</summary>
    public static (long Now, long Peak) Read()
    {
        if (!File.Exists(Status))
        {
            return default;
        }

        string[] lines = File.ReadAllLines(Status);
        return (Value(lines, "VmSize:"), Value(lines, "VmPeak:"));
    }

    private static long Value(string[] lines, string key)
    {
        string line = lines.First(l => l.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
