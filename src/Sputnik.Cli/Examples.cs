using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sputnik.Cli;

/// <summary>Examples under the help of every command: what one types first.</summary>
internal static class Examples
{
    private static readonly string[] First = ["sputnik train recipes/zero-quick", "sputnik run \"Solve for x: 3x + 4 = 19.\"", "sputnik eval models/sputnik-zero", "sputnik COMMAND --help"];

    private static readonly Dictionary<string, string[]> ByCommand = new(StringComparer.Ordinal)
    {
        ["train"] =
        [
            "sputnik train recipes/zero-quick",
            "sputnik train recipes/zero-quick --set seed=1 --set zero.steps=40",
            "sputnik train --resume                      the last run that was interrupted",
            "sputnik train --resume runs/zero-quick-0    this one",
        ],
        ["report"] = ["sputnik report runs/zero-quick-0", "sputnik report runs/zero-quick-0 --price 0.02"],
        ["run"] = ["sputnik run \"Solve for x: 3x + 4 = 19.\"", "sputnik run --model runs/zero-quick-0/model --temperature 0 \"…\"", "echo \"…\" | sputnik run", "sputnik run --model base.gguf --raw \"Once upon a time\""],
        ["usage"] = ["sputnik usage", "sputnik usage --days 7 --api-price-prompt 0.55 --api-price-completion 2.19", "sputnik usage --json"],
        ["chat"] = ["sputnik chat", "sputnik chat --model runs/zero-quick-0/model"],
        ["eval"] = ["sputnik eval models/sputnik-zero --split test", "sputnik eval models/sputnik-zero --tasks chain,equation --n 64 --k 8 --json"],
        ["inspect"] = ["sputnik inspect models/sputnik-zero --tensors", "sputnik inspect model.gguf --tensors"],
        ["logits"] = ["sputnik logits models/sputnik-zero --tokens 1,2,3 --out logits.f32"],
        ["perplexity"] =
        [
            "sputnik perplexity model.gguf text.txt",
            "sputnik perplexity model-q4_k_m.gguf text.txt --against model-f16.gguf",
        ],
        ["tokenize"] = ["sputnik tokenize model.gguf texts.json", "sputnik tokenize model.gguf ids.txt --decode"],
        ["template"] = ["sputnik template chat_template.jinja case.json"],
        ["bench"] = ["sputnik bench", "sputnik bench model.gguf -p 512 -n 128 -b 1,8 -t 1,2", "sputnik bench --recipe recipes/zero-quick --threads 1 --json"],
    };

    private static readonly Dictionary<string, string[]> OfFiles = new(StringComparer.Ordinal)
    {
        ["pull"] =
        [
            "sputnik pull Qwen/Qwen2.5-0.5B-Instruct",
            "sputnik pull OWNER/NAME-GGUF:Q4_K_M         the GGUF file of that name, split or not",
            "sputnik pull OWNER/NAME --offline ./folder   what is on this machine already",
        ],
        ["quantize"] =
        [
            "sputnik quantize model.gguf model-q4_k_m.gguf --type q4_k_m",
            "sputnik quantize models/sputnik-zero zero.gguf --type q8_0",
            "sputnik quantize model.gguf small.gguf --type iq4_xs --imatrix imatrix.gguf --output-type q8_0",
            "sputnik quantize model.gguf parts.gguf --type q8_0 --split-max-size 4G",
        ],
        ["convert"] =
        [
            "sputnik convert models/sputnik-zero zero.gguf",
            "sputnik convert model.gguf ./folder --type bf16",
        ],
        ["models"] = ["sputnik models", "sputnik models show OWNER/NAME", "sputnik models remove OWNER/NAME --yes"],
        ["show"] = ["sputnik models show OWNER/NAME", "sputnik models show NAME --json"],
        ["remove"] = ["sputnik models remove OWNER/NAME", "sputnik models remove NAME --yes"],
    };

    private static readonly Dictionary<string, string[]> OfServing = new(StringComparer.Ordinal)
    {
        ["serve"] = ["sputnik serve", "sputnik serve --model runs/zero-quick-0/model --port 8081", "sputnik serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem"],
        ["keys"] = ["sputnik keys add alice --rpm 20 --tpd 200000", "sputnik keys list", "sputnik keys revoke alice"],
        ["add"] = ["sputnik keys add alice", "sputnik keys add grafana --scope metrics"],
        ["list"] = ["sputnik keys list"],
        ["revoke"] = ["sputnik keys revoke alice", "sputnik keys revoke key-1a2b3c4d"],
    };

    /// <summary>Lets the help of <paramref name="root"/> and all its commands end with examples.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new HelpWithExamples(help);
            }
        }
    }

    /// <summary>Whether help was asked for: what else is missing then does not matter.</summary>
    internal static bool IsHelp(ParseResult parsed) => parsed.Action is HelpWithExamples;

    /// <summary>The examples of a command by its name.</summary>
    internal static IReadOnlyList<string> Of(string command) =>
        ByCommand.GetValueOrDefault(command) ?? OfServing.GetValueOrDefault(command) ?? OfFiles.GetValueOrDefault(command, First);

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in Of(parseResult.CommandResult.Command.Name))
            {
                output.WriteLine($"  {example}");
            }

            return code;
        }
    }
}
