using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Rollouts and updates of the quick recipe's R1-Zero, each by itself.</summary>
internal static class QuickVerb
{
    private const int Rounds = 7;

    /// <summary>Runs the verb.</summary>
    public static int Run(Options options)
    {
        int rounds = options.Rounds(Rounds);
        QuickData data = new();
        StringBuilder table = new();
        table.AppendLine("# R1-Zero with the quick recipe's model: rollouts and updates\n");
        table.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Cpu}, .NET {Environment.Version}. 32 prompts x 8 samples of 60 tokens, then one update of forward, backward");
        table.AppendLine(CultureInfo.InvariantCulture, $"and AdamW over all of them; 2·N and 6·N FLOP a row, N the parameters a row meets. Medians of {rounds} rounds.");
        table.AppendLine($"{Timing.Legend}\n");
        table.AppendLine($"| work | N | {Timing.Columns}");
        table.AppendLine($"|---|--:|{Timing.Rule}");
        foreach (int threads in options.Threads)
        {
            using Workers workers = new(threads);
            using QuickCase quick = new(data, workers);
            Timing rollouts = new(workers), updates = new(workers);

            // An update that did not find its rollouts' bits again would throw: every round is a check.
            quick.Rollout();
            quick.Update();
            for (int round = 0; round < rounds; round++)
            {
                rollouts.Take(quick.Rollout);
                updates.Take(quick.Update);
            }

            table.AppendLine(Line("rollout", quick.ActiveParameters, rollouts));
            table.AppendLine(Line("update", quick.ActiveParameters, updates));
        }

        Console.Write(table);
        if (options.Save)
        {
            Machine.Save("quick.md", table.ToString());
        }

        return 0;
    }

    private static string Line(string work, long parameters, Timing timing) =>
        string.Create(CultureInfo.InvariantCulture, $"| {work} | {parameters / 1e3:F0} K | {timing.Cells}");
}
