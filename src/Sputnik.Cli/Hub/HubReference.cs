using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sputnik.Cli;

/// <summary>REPO or REPO:FILE, as a user types it.</summary>
/// <param name="Repository">OWNER/NAME, or NAME alone.</param>
/// <param name="File">A path, a file name, a pattern, or a word of a file's name.</param>
internal sealed partial record HubReference(string Repository, string? File)
{
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static HubReference Parse(string text) => TryParse(text, out HubReference? reference)
        ? reference
        : throw new ArgumentException($"'{PlainPath.Shown(text)}' names no repository; give OWNER/NAME or OWNER/NAME:FILE, in letters, digits, '.', '_' and '-'.");

    public static bool TryParse(string text, [NotNullWhen(true)] out HubReference? reference)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string repository = colon < 0 ? text : text[..colon];
        string? file = colon < 0 ? null : text[(colon + 1)..];
        bool plain = Plain().IsMatch(repository) && !repository.Contains("..", StringComparison.Ordinal) && PlainPath.Fault(repository) is null;
        reference = plain && file is not "" ? new(repository, file) : null;
        return reference is not null;
    }

    // The hub's own rule for names.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
