using System.CommandLine;
using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>sputnik run [-m MODEL] PROMPT: one answer with its thinking.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var prompt = new Argument<string?>("prompt")
        {
            Description = "What to ask. Without it the question is read from the input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> model = CommonOptions.Model();
        Option<int> threads = CommonOptions.Threads();
        Option<string> groups = CommonOptions.ExpertGroups();
        Option<int> context = CommonOptions.Context();
        Option<KvType> kv = CommonOptions.Kv();
        Option<ulong> seed = CommonOptions.Seed();
        Option<float?> temperature = CommonOptions.Temperature();
        Option<int?> maxTokens = CommonOptions.MaxNewTokens();
        var raw = new Option<bool>("--raw") { Description = "Goes on with the text as it stands, without a conversation around it; for base models." };
        var command = new Command("run", "Asks a model once and prints its thinking and its answer.")
        {
            prompt, model, threads, seed, temperature, maxTokens, context, kv, groups, raw,
        };
        command.SetAction(parsed =>
        {
            string question = Question(parsed.GetValue(prompt));
            using var workers = new Workers(parsed.GetValue(threads));
            using LoadedModel loaded = CommonOptions.Open(parsed, model, groups, context, workers);
            if (parsed.GetValue(raw))
            {
                SamplingSettings settings = loaded.Generation.ToSampling([.. loaded.Tokenizer.EndIds]);
                settings = settings with
                {
                    Temperature = parsed.GetValue(temperature) ?? settings.Temperature,
                    MaxNewTokens = parsed.GetValue(maxTokens) ?? settings.MaxNewTokens,
                };
                Continuation.Print(loaded, workers, new(parsed.GetValue(seed), "run"), question, settings, parsed.GetValue(kv));
                return ExitCode.Done;
            }

            using var conversation = new Conversation(loaded, workers, new(parsed.GetValue(seed), "run"), parsed.GetValue(kv));
            conversation.Ask(question, parsed.GetValue(temperature), parsed.GetValue(maxTokens), AnswerPrinter.ToTerminal());
            return ExitCode.Done;
        });
        return command;
    }

    private static string Question(string? named)
    {
        string text = named ?? (Console.IsInputRedirected ? Console.In.ReadToEnd() : "");
        return text.Trim() is { Length: > 0 } question
            ? question
            : throw new ArgumentException("There is no question; give one: sputnik run \"Solve for x: 3x + 4 = 19.\"");
    }
}
