using Sputnik.Cli;

return CommandLine.Invoke(args, Console.Error);
