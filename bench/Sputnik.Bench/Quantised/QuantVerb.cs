using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Products with coded weights: bytes a second of one row beside a plain read of the same memory, operations a second of many.</summary>
internal static unsafe class QuantVerb
{
    private const int In = 1536;
    private const int Out = 8960;
    private const int Copies = 12;

    /// <summary>Runs the verb.</summary>
    public static int Run(Options options)
    {
        int rounds = options.Rounds(7);
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"""
            # Products with coded weights

            {Machine.Cpu}, .NET {Environment.Version}. {Copies} weights of {Out} x {In} in turns, so that one row's panels come from memory.
            Medians of {rounds} rounds. `of read`: bytes of panels a second beside a plain vector read of the same panels in the same round.

            """);
        foreach (int threads in options.Threads)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"## {threads} thread{(threads == 1 ? "" : "s")}, load average {Machine.Load}\n");
            table.AppendLine("| format | 1 row, GB/s | of read | 8 rows, GOP/s | 64 rows, GOP/s | 512 rows, GOP/s | pack, GB/s |\n|---|--:|--:|--:|--:|--:|--:|");
            foreach (WeightFormat format in WeightFormats.All.Where(f => f.IsCoded() && options.Wants(f.Name())))
            {
                string row = Measure(format, threads, rounds);
                table.AppendLine(row);
                Console.WriteLine(row);
            }

            table.AppendLine();
        }

        if (options.Save)
        {
            Machine.Save("quantised.md", table.ToString());
        }

        return 0;
    }

    private static string Measure(WeightFormat format, int threads, int rounds)
    {
        using Workers workers = new(threads);
        using Arena arena = new();
        Weight[] weights = [.. Enumerable.Range(0, Copies).Select(i => Random(format, i))];
        double start = Clock(workers);
        long bytes = 0;
        foreach (Weight weight in weights)
        {
            QuantPanels panels = weight.Panels(workers);
            bytes += panels.Count * panels.PanelBytes;
        }

        double pack = bytes / (Clock(workers) - start);
        double[] one = new double[rounds], share = new double[rounds], eight = new double[rounds], some = new double[rounds], many = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            double read = bytes / Read(weights, workers);
            one[round] = bytes / Seconds(weights, workers, arena, 1);
            share[round] = one[round] / read;
            eight[round] = Operations(8) / Seconds(weights, workers, arena, 8);
            some[round] = Operations(64) / Seconds(weights, workers, arena, 64);
            many[round] = Operations(512) / Seconds(weights, workers, arena, 512);
        }

        foreach (Weight weight in weights)
        {
            weight.Dispose();
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {format.Name()} | {Median(one) / 1e9:F1} | {Median(share):P0} | {Median(eight) / 1e9:F0} | {Median(some) / 1e9:F0} | {Median(many) / 1e9:F0} | {pack / 1e9:F1} |");
    }

    private static double Operations(int rows) => 2.0 * rows * Out * In * Copies;

    private static double Seconds(Weight[] weights, Workers workers, Arena arena, int rows)
    {
        arena.Reset();
        Tensor x = arena.Allocate(rows, In), y = arena.Allocate(rows, Out);
        CounterRandom random = new(1, "x");
        foreach (ref float value in x.Span)
        {
            value = random.NextSingle() - 0.5f;
        }

        MatMul.Forward(workers, x, weights[0], y);
        double start = Clock(workers);
        foreach (Weight weight in weights)
        {
            MatMul.Forward(workers, x, weight, y);
        }

        return Clock(workers) - start;
    }

    private static double Read(Weight[] weights, Workers workers)
    {
        double start = 0;
        for (int i = -1; i < weights.Length; i++)
        {
            // The first wakes the workers and does not count.
            QuantPanels panels = weights[Math.Max(i, 0)].Panels(workers);
            ReadJob job = new(panels.Panel(0), panels.PanelBytes);
            start = i == 0 ? Clock(workers) : start;
            workers.Ranges(ref job, panels.Count, 8);
        }

        return Clock(workers) - start;
    }

    private static Weight Random(WeightFormat format, int index)
    {
        float[] values = new float[64 * In];
        CounterRandom random = new((ulong)index, "w");
        foreach (ref float value in values.AsSpan())
        {
            value = random.NextNormal() * 0.02f;
        }

        byte[] few = new byte[64 * format.RowBytes(In)];
        WeightFormats.Encode(format, values, few);
        byte[] all = new byte[Out * format.RowBytes(In)];
        for (int at = 0; at < all.Length; at += few.Length)
        {
            few.AsSpan().CopyTo(all.AsSpan(at));
        }

        return Weight.Frozen($"w{index}", Out, In, format, StoredBytes.Copy(all));
    }

    private static double Clock(Workers workers) => workers.Threads == 1 ? StopClock.Thread : StopClock.Wall;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private readonly struct ReadJob(byte* data, long bytes) : IRangeJob
    {
        public void Run(int start, int end) => Sink.Read(data + (start * bytes), (end - start) * bytes);
    }
}
