using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Matrix products against OpenBLAS: first the same result, then times taken in turns.</summary>
internal static class GemmVerb
{
    // The machine's state moves absolute numbers by up to 2x: only the ratio of one round means anything (kernels.md §12).
    private const int Rounds = 9;
    private const double RoundSeconds = 0.008;

    // OpenBLAS's threads go on spinning for some 20 ms after a call; ours park after 0.1 ms.
    private const int SettleMilliseconds = 40;

    // Rounding errors of two orders of summation, in units of depth · 2⁻²³: more is a wrong product.
    private const double MaxDifference = 8;

    /// <summary>Runs the verb.</summary>
    public static int Run(string[] options)
    {
        if (!OpenBlas.Found)
        {
            Console.Error.WriteLine("libopenblas.so.0 is not installed. On Debian: apt-get install libopenblas0");
            return 2;
        }

        int rounds = options.Contains("--quick") ? 3 : Rounds;
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"# Matrix products against OpenBLAS, float32\n");
        table.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Cpu}, .NET {Environment.Version}. Peer: {OpenBlas.Configuration}.");
        table.AppendLine(CultureInfo.InvariantCulture, $"Medians of {rounds} rounds; in a round both sides and the register-only FMA loop run in turns. Ours has W packed already,");
        table.AppendLine("as in every product of a step after the first; `pack` is that one-time cost in calls of ours.\n");
        foreach (int threads in (int[])[1, 2])
        {
            using Workers workers = new(threads);
            OpenBlas.SetThreads(threads);
            table.AppendLine(CultureInfo.InvariantCulture, $"## {threads} thread{(threads == 1 ? "" : "s")}\n");
            table.AppendLine("| use | rows x out x in | product | ours GF | OpenBLAS GF | ratio | of FMA peak | pack |");
            table.AppendLine("|---|---|---|--:|--:|--:|--:|--:|");
            foreach (GemmShape shape in GemmShape.All)
            {
                Measure(shape, workers, rounds, table);
            }

            table.AppendLine();
        }

        Console.Write(table);
        if (options.Contains("--save"))
        {
            Machine.Save("gemm.md", table.ToString());
        }

        return 0;
    }

    private static void Measure(GemmShape shape, Workers workers, int rounds, StringBuilder table)
    {
        using GemmCase one = new(shape, workers);
        for (int product = 0; product < GemmCase.Products.Count; product++)
        {
            double difference = one.Difference(product);
            if (difference > MaxDifference)
            {
                throw new InvalidOperationException($"{GemmCase.Products[product]} of {shape} is {difference:F1} roundings off.");
            }

            double[] ours = new double[rounds], peer = new double[rounds], peak = new double[rounds];
            for (int round = 0; round < rounds; round++)
            {
                one.Reset();
                peak[round] = PeakFma.Measure(workers) * 1e9;
                ours[round] = shape.Flops / Seconds(one.Ours, product);
                peer[round] = shape.Flops / Seconds(one.Peer, product);
                Thread.Sleep(workers.Threads == 1 ? 0 : SettleMilliseconds);
            }

            double ratio = Median(ours.Zip(peer, (a, b) => a / b));
            double share = Median(ours.Zip(peak, (a, b) => a / b));
            double pack = product == 2 ? 0 : PackCalls(one, product);
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {shape.Use} | {shape.Rows} x {shape.Out} x {shape.In} | {GemmCase.Products[product]} | {Median(ours) / 1e9:F1} | {Median(peer) / 1e9:F1} | {ratio:F2} | {share:P0} | {pack:F2} |"));
        }
    }

    // One warm call, then as many as fill the round.
    private static double Seconds(Action<int> call, int product)
    {
        call(product);
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        double seconds;
        do
        {
            call(product);
            calls++;
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (seconds < RoundSeconds);

        return seconds / calls;
    }

    private static double PackCalls(GemmCase one, int product)
    {
        double warm = Seconds(one.Ours, product);
        double touched = Seconds(p => { one.Touch(); one.Ours(p); }, product);
        return (touched - warm) / warm;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
