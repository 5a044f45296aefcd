using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Sputnik.Server;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>sputnik usage: the ledger of a server, summed by key and model, with what it cost and would have cost elsewhere.</summary>
internal static class UsageCommand
{
    // What the page shows too.
    private const int DefaultDays = 30;

    public static Command Create()
    {
        Option<string?> file = KeysCommand.Store();
        Option<int> days = CommonOptions.AtLeast(1, new Option<int>("--days") { Description = "Days back from today, in UTC.", DefaultValueFactory = _ => DefaultDays });
        Option<double> price = CommonOptions.Price();
        var api = new PriceOptions();
        Option<bool> json = CommonOptions.Json("the lines");
        var command = new Command("usage", "What a server's keys have used, what it cost, and what an API would have asked for it.") { file, days, price, json };
        api.AddTo(command);
        command.SetAction(parsed =>
        {
            using ServerStore store = ServerStore.Open(StoreLocation.Resolve(parsed.GetValue(file)));
            DateOnly first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1 - parsed.GetValue(days));
            UsageLine[] lines = [.. UsageLine.Sum(store.Ledger.Since(first), parsed.GetValue(price), api.Read(parsed))];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(lines, CliJsonContext.Default.UsageLineArray));
            }
            else
            {
                Show(lines);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(UsageLine[] lines)
    {
        if (lines.Length == 0)
        {
            Console.WriteLine("Nothing was used in these days.");
            return;
        }

        Table table = Look.Numbers("key", "model", "requests", "prompt", "drawn", "thinking", "CPU hours", "USD here", "USD by API");
        foreach (UsageLine line in lines)
        {
            table.Row(line.Key, line.Model, Count(line.Requests), Count(line.PromptTokens), Count(line.CompletionTokens), Count(line.ReasoningTokens), Money(line.CpuHours), Money(line.Cost), Money(line.ApiCost));
        }

        TerminalKind.OfOutput().ToConsole().Write(table);
        Console.WriteLine($"In all: {Quantity.Scaled(lines.Sum(line => line.PromptTokens))} tokens read, {Quantity.Scaled(lines.Sum(line => line.CompletionTokens))} drawn; {Money(lines.Sum(line => line.Cost))} USD here, {Money(lines.Sum(line => line.ApiCost))} USD by API.");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
