namespace Sputnik.Cli;

/// <summary>The program. Written out, because beside ASP.NET Core top-level statements make a public class.</summary>
internal static class Program
{
    private static int Main(string[] args) => CommandLine.Invoke(args, Console.Error);
}
