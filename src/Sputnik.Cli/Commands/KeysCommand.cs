using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>sputnik keys add|list|revoke: who may use a server. A running server knows at once.</summary>
internal static class KeysCommand
{
    public static Option<string?> Store() => new("--store")
    {
        Description = $"File of keys and ledger. Default: {StoreLocation.Variable}, else {StoreLocation.Default}.",
        HelpName = "FILE",
    };

    public static Command Create() => new("keys", "Keys of the server: makes, lists and revokes them.") { Add(), List(), Revoke() };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "Whose key it is." };
        var scopes = new Option<string[]>("--scope") { Description = "What it may do; may be given often. Default: chat, embed and models.", DefaultValueFactory = _ => ["chat", "embed", "models"] };
        scopes.AcceptOnlyFromAmong("chat", "embed", "models", "admin", "metrics");
        Option<int?> requests = Limit("--rpm", "Requests a minute."), tokens = Limit("--tpm", "Tokens a minute.");
        Option<int?> requestsDay = Limit("--rpd", "Requests a day."), tokensDay = Limit("--tpd", "Tokens a day.");
        Option<string?> file = Store();
        var command = new Command("add", "Makes a key and prints it, once.") { name, scopes, requests, tokens, requestsDay, tokensDay, file };
        command.SetAction(parsed =>
        {
            using ServerStore store = ServerStore.Open(StoreLocation.Resolve(parsed.GetValue(file)));
            Scope scope = (parsed.GetValue(scopes) ?? []).Aggregate(Scope.None, (all, word) => all | Enum.Parse<Scope>(word, ignoreCase: true));
            KeyLimits limits = new()
            {
                RequestsPerMinute = parsed.GetValue(requests),
                TokensPerMinute = parsed.GetValue(tokens),
                RequestsPerDay = parsed.GetValue(requestsDay),
                TokensPerDay = parsed.GetValue(tokensDay),
            };
            (string secret, ApiKey key) = store.Keys.Add(parsed.GetValue(name) ?? "", scope, limits, TimeProvider.System.GetUtcNow());
            Console.WriteLine(secret);
            Console.Error.WriteLine($"{key.Id}: keep it; it is not shown again.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List()
    {
        Option<string?> file = Store();
        var command = new Command("list", "Lists the keys, not their secrets.") { file };
        command.SetAction(parsed =>
        {
            using ServerStore store = ServerStore.Open(StoreLocation.Resolve(parsed.GetValue(file)));
            Table table = Look.Numbers("id", "name", "scopes", "limits", "made", "state");
            foreach (ApiKey key in store.Keys.List())
            {
                table.Row(key.Id, key.Name, key.Scopes.ToString().ToLowerInvariant(), Words(key.Limits), Day(key.Created), key.Revoked is { } end ? $"revoked {Day(end)}" : "good");
            }

            TerminalKind.OfOutput().ToConsole().Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        var key = new Argument<string>("key") { Description = "Its id or name." };
        Option<string?> file = Store();
        var command = new Command("revoke", "Ends a key, at once.") { key, file };
        command.SetAction(parsed =>
        {
            using ServerStore store = ServerStore.Open(StoreLocation.Resolve(parsed.GetValue(file)));
            ApiKey revoked = store.Keys.Revoke(parsed.GetValue(key) ?? "", TimeProvider.System.GetUtcNow());
            Console.WriteLine($"{revoked.Id} ({revoked.Name}) is revoked.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<int?> Limit(string name, string what) => CommonOptions.AtLeast(1, new Option<int?>(name) { Description = $"{what} Default: as many as it likes." });

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(KeyLimits limits)
    {
        (int? Count, string What)[] all = [(limits.RequestsPerMinute, "requests/min"), (limits.TokensPerMinute, "tokens/min"), (limits.RequestsPerDay, "requests/day"), (limits.TokensPerDay, "tokens/day")];
        string[] words = [.. all.Where(limit => limit.Count is not null).Select(limit => $"{limit.Count} {limit.What}")];
        return words.Length == 0 ? "none" : string.Join(", ", words);
    }
}
