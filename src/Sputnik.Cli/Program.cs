using System.CommandLine;
using Sputnik.Cli;

var root = new RootCommand("Sputnik learns to reason from nothing, and runs what it learned, on an ordinary computer.")
{
    TrainCommand.Create(),
    ReportCommand.Create(),
    RunCommand.Create(),
    ChatCommand.Create(),
    EvalCommand.Create(),
    InspectCommand.Create(),
    LogitsCommand.Create(),
    BenchCommand.Create(),
};
Examples.AddTo(root);
return CommandLine.Invoke(root, args);
