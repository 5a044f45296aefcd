using System.Globalization;
using System.Text;
using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Bench;

/// <summary>Whole training steps against the machine's multiply-adds, in turns.</summary>
internal static class StepVerb
{
    private const int Rounds = 9;

    // Once for the memory, then for the compiler's second tier to notice.
    private const int WarmUps = 3;

    // 32 problems with their answers: what a step of the larger recipes reads.
    private const int Sequences = 32;
    private const int Length = 128;
    private const int MicroBatchRows = 2048;

    /// <summary>Runs the verb.</summary>
    public static int Run(Options options)
    {
        int rounds = options.Rounds(Rounds);
        QuickData quick = new();
        StringBuilder table = new();
        table.AppendLine("# Training steps, float32\n");
        table.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Cpu}, .NET {Environment.Version}. Forward, backward and update of one step; 6·N FLOP a");
        table.AppendLine(CultureInfo.InvariantCulture, $"row, N the parameters a row meets. Medians of {rounds} rounds. {Timing.Legend}\n");
        table.AppendLine($"| step | N | rows | {Timing.Columns}");
        table.AppendLine($"|---|--:|--:|{Timing.Rule}");
        OptimizerConfig adamW = new() { Muon = null };
        foreach (int threads in options.Threads)
        {
            using Workers workers = new(threads);
            Measure("dense, d = 256, AdamW", new GroupedModel(Shapes.Dense), adamW, null);
            Measure("mixture and latent attention, d = 256, AdamW", new DeepSeekV3Model(Shapes.Mixture), adamW, null);
            Measure("quick recipe, AdamW", new DeepSeekV3Model(quick.Model), adamW, quick);
            Measure("quick recipe, Muon", new DeepSeekV3Model(quick.Model), quick.Recipe.Pretrain.Optimizer, quick);

            void Measure(string name, ILanguageModel model, OptimizerConfig optimizer, QuickData? data)
            {
                if (!options.Wants(name))
                {
                    return;
                }

                int rows = data?.Recipe.Pretrain.MicroBatchRows ?? MicroBatchRows;
                IReadOnlyList<ScoredSequence> sequences = data?.Documents() ?? StepCase.MadeUp(model.VocabularySize, Sequences, Length);
                using StepCase step = new(model, workers, optimizer, rows, sequences);
                table.AppendLine(Line(name, model.ActiveParameters, step, workers, rounds));
            }
        }

        Console.Write(table);
        if (options.Save)
        {
            Machine.Save("step.md", table.ToString());
        }

        return 0;
    }

    private static string Line(string name, long parameters, StepCase step, Workers workers, int rounds)
    {
        step.Check();
        for (int i = 0; i < WarmUps; i++)
        {
            step.Step();
        }

        Timing timing = new(workers);
        long rows = 0;
        for (int round = 0; round < rounds; round++)
        {
            timing.Take(() =>
            {
                (double flops, rows) = step.Step();
                return (flops, rows);
            });
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {parameters / 1e6:F2} M | {rows} | {timing.Cells}");
    }
}
