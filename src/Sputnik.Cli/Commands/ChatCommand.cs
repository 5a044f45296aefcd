using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>sputnik chat [-m MODEL]: a conversation until an empty line, /quit or the end of the input.</summary>
internal static class ChatCommand
{
    public static Command Create()
    {
        Option<string?> model = CommonOptions.Model();
        Option<int> threads = CommonOptions.Threads();
        Option<string> groups = CommonOptions.ExpertGroups();
        Option<int> context = CommonOptions.Context();
        Option<KvType> kv = CommonOptions.Kv();
        Option<ulong> seed = CommonOptions.Seed();
        Option<float?> temperature = CommonOptions.Temperature();
        Option<int?> maxTokens = CommonOptions.MaxNewTokens();
        var command = new Command("chat", "Talks with a model. /new forgets what was said, /quit ends.")
        {
            model, threads, seed, temperature, maxTokens, context, kv, groups,
        };
        command.SetAction(parsed =>
        {
            using var workers = new Workers(parsed.GetValue(threads));
            using LoadedModel loaded = CommonOptions.Open(parsed, model, groups, context, workers);
            using var conversation = new Conversation(loaded, workers, new(parsed.GetValue(seed), "chat"), parsed.GetValue(kv));
            Talk(conversation, parsed.GetValue(temperature), parsed.GetValue(maxTokens));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Talk(Conversation conversation, float? temperature, int? maxTokens)
    {
        while (true)
        {
            Console.Write("> ");
            string? line = Console.ReadLine();
            switch (line?.Trim())
            {
                case null or "" or "/quit":
                    return;
                case "/new":
                    conversation.Forget();
                    continue;
                default:
                    conversation.Ask(line.Trim(), temperature, maxTokens, AnswerPrinter.ToTerminal());
                    continue;
            }
        }
    }
}
