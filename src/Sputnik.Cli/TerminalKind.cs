using Spectre.Console;

namespace Sputnik.Cli;

/// <summary>What the output can show.</summary>
/// <param name="IsLive">Lines can be written again: a terminal with a person before it.</param>
/// <param name="HasColours">Colours are understood and wanted.</param>
internal readonly record struct TerminalKind(bool IsLive, bool HasColours)
{
    // A file has no width; no table of ours is wider.
    private const int FileWidth = 160;

    /// <summary>The kind of the standard output: files, pipes, build servers and TERM=dumb get plain lines; NO_COLOR (no-color.org) takes colours only.</summary>
    public static TerminalKind OfOutput() => Of(Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    /// <summary>The standard output for tables and live views: without codes and with room for whole lines where it is no terminal.</summary>
    public IAnsiConsole ToConsole()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsLive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = HasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsLive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = IsLive ? console.Profile.Width : FileWidth;
        return console;
    }

    internal static TerminalKind Of(bool redirected, Func<string, string?> environment)
    {
        bool live = !redirected && string.IsNullOrEmpty(environment("CI")) && environment("TERM") != "dumb";
        return new(live, live && string.IsNullOrEmpty(environment("NO_COLOR")));
    }
}
