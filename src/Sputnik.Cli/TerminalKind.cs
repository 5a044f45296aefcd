namespace Sputnik.Cli;

/// <summary>What the output can show.</summary>
/// <param name="IsLive">Lines can be written again: a terminal with a person before it.</param>
/// <param name="HasColours">Colours are understood and wanted.</param>
internal readonly record struct TerminalKind(bool IsLive, bool HasColours)
{
    /// <summary>The kind of the standard output: files, pipes, build servers and TERM=dumb get plain lines; NO_COLOR (no-color.org) takes colours only.</summary>
    public static TerminalKind OfOutput() => Of(Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    internal static TerminalKind Of(bool redirected, Func<string, string?> environment)
    {
        bool live = !redirected && string.IsNullOrEmpty(environment("CI")) && environment("TERM") != "dumb";
        return new(live, live && string.IsNullOrEmpty(environment("NO_COLOR")));
    }
}
