using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Sputnik.Generation;
using Sputnik.Tensors;

namespace Sputnik.Cli;

/// <summary>sputnik logits MODEL --tokens 1,2,3 [--out FILE]: what the model thinks of every next token.</summary>
internal static class LogitsCommand
{
    private const int Shown = 5;

    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "Model folder, or the name of a pulled model." };
        var tokens = new Option<string>("--tokens") { Description = "Token ids, separated by commas.", Required = true };
        var file = new Option<string?>("--out")
        {
            Description = "Writes little-endian float32, positions × vocabulary. Without it the top five of each position are shown.",
        };
        Option<int> threads = CommonOptions.Threads();
        Option<KvType> kv = CommonOptions.Kv();
        Option<string> groups = CommonOptions.ExpertGroups();
        var command = new Command("logits", "Prints or writes the logits of given tokens, for comparison with another implementation.")
        {
            model, tokens, file, kv, threads, groups,
        };
        command.SetAction(parsed =>
        {
            int[] ids = Parse(parsed.GetRequiredValue(tokens));
            using LoadedModel loaded = LoadedModel.Open(ModelLocation.Resolve(parsed.GetRequiredValue(model)), CommonOptions.Opened(parsed.GetValue(groups)));
            using var workers = new Workers(parsed.GetValue(threads));
            if (parsed.GetValue(file) is string path)
            {
                Write(loaded, workers, ids, path, parsed.GetValue(kv));
            }
            else
            {
                Prefill.Logits(loaded.Model, workers, ids, (position, row) => Show(loaded, ids[position], position, row), parsed.GetValue(kv));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static int[] Parse(string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? id
                : throw new ArgumentException($"--tokens takes ids separated by commas, for example 1,2,3; '{part}' is not one.")),
    ];

    private static void Write(LoadedModel loaded, Workers workers, int[] ids, string path, KvType kv)
    {
        string temporary = path + ".tmp";
        using (FileStream stream = File.Create(temporary))
        {
            Prefill.Logits(loaded.Model, workers, ids, (_, row) => stream.Write(MemoryMarshal.AsBytes(row)), kv);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static void Show(LoadedModel loaded, int token, int position, ReadOnlySpan<float> row)
    {
        float[] logits = row.ToArray();
        int[] order = [.. Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).ThenBy(i => i).Take(Shown)];
        string best = string.Join("  ", order.Select(i => $"{i} '{loaded.Tokenizer.Decode([i])}' {logits[i].ToString("F4", CultureInfo.InvariantCulture)}"));
        Console.WriteLine($"{position,5} {token,6}  →  {best}".Replace("\n", "\\n", StringComparison.Ordinal));
    }
}
