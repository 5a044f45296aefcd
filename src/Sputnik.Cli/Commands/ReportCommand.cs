using System.CommandLine;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik report RUN: writes the page of a run anew, also while it goes on.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("run") { Description = "Run folder." };
        Option<double> price = CommonOptions.Price();
        var command = new Command("report", "Writes the page of a run (report.html), whether it goes on, ended or was interrupted.") { folder, price };
        command.SetAction(parsed =>
        {
            Console.WriteLine(RunReport.Write(RecordedRun.Read(parsed.GetRequiredValue(folder)), parsed.GetValue(price)));
            return ExitCode.Done;
        });
        return command;
    }
}
