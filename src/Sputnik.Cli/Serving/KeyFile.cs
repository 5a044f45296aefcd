namespace Sputnik.Cli;

/// <summary>A file with a key a line, as secret stores mount them: keys on a command line are seen by every process of the machine.</summary>
internal static class KeyFile
{
    /// <summary>Its keys; empty lines and those that begin with # are none.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        string[] keys = [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        return keys.Length > 0 ? keys : throw new InvalidDataException($"{path} has no key; it needs one on each line, of 16 characters at least.");
    }
}
