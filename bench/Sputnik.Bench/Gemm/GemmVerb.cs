using System.Globalization;
using System.Text;
using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>Matrix products against OpenBLAS: first the same result, then times taken in turns.</summary>
internal static class GemmVerb
{
    // The machine's state moves absolute numbers by up to 2x: only the ratio of one round means anything (kernels.md §12).
    // A round is a few short bursts of each side in turns, of which the shortest counts: others then hardly disturb it.
    private const int Rounds = 7;
    private const int Bursts = 5;
    private const double BurstSeconds = 0.0005;
    private const int PeakIterations = 20_000;

    // OpenBLAS's threads go on spinning for some 20 ms after a call; ours park after 0.1 ms.
    private const int SettleMilliseconds = 40;

    // Rounding errors of two orders of summation, in units of depth · 2⁻²³: more is a wrong product.
    private const double MaxDifference = 8;

    /// <summary>Runs the verb.</summary>
    public static int Run(Options options)
    {
        if (!OpenBlas.Found)
        {
            Console.Error.WriteLine("libopenblas.so.0 is not installed. On Debian: apt-get install libopenblas0");
            return 2;
        }

        int rounds = options.Rounds(Rounds);
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"""
            # Matrix products against OpenBLAS, float32

            {Machine.Cpu}, .NET {Environment.Version}. Peer: {OpenBlas.Configuration}.
            Medians of {rounds} rounds; a round is the best of {Bursts} bursts in turns: the register-only FMA loop, ours, the peer.
            One thread is timed by its processor time, more by the wall clock. Ours has W packed already, as in every product of a
            step after the first; `pack` is that one-time cost in calls of ours.

            """);
        foreach (int threads in options.Threads)
        {
            using Workers workers = new(threads);
            OpenBlas.SetThreads(threads);
            table.AppendLine(CultureInfo.InvariantCulture, $"## {threads} thread{(threads == 1 ? "" : "s")}, load average {Machine.Load}\n");
            table.AppendLine("| use | rows x out x in | product | ours GF | OpenBLAS GF | ratio | of FMA peak | pack |");
            table.AppendLine("|---|---|---|--:|--:|--:|--:|--:|");
            foreach (GemmShape shape in GemmShape.All.Where(shape => options.Wants(shape.ToString())))
            {
                Measure(shape, workers, rounds, table);
            }

            table.AppendLine();
        }

        if (options.Save)
        {
            Machine.Save("gemm.md", table.ToString());
        }

        return 0;
    }

    private static void Measure(GemmShape shape, Workers workers, int rounds, StringBuilder table)
    {
        Func<double> clock = workers.Threads == 1 ? () => StopClock.Thread : () => StopClock.Wall;
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
                for (int burst = 0; burst < Bursts; burst++)
                {
                    _ = FmaPeak.Once(workers, PeakIterations, clock);
                    peak[round] = Math.Max(peak[round], FmaPeak.Once(workers, PeakIterations, clock) * 1e9);
                    ours[round] = Math.Max(ours[round], shape.Flops / Seconds(one.Ours, product, clock));
                    peer[round] = Math.Max(peer[round], shape.Flops / Seconds(one.Peer, product, clock));
                    Thread.Sleep(workers.Threads == 1 ? 0 : SettleMilliseconds);
                }
            }

            double ratio = Median(ours.Zip(peer, (a, b) => a / b));
            double share = Median(ours.Zip(peak, (a, b) => a / b));
            double pack = product == 2 ? 0 : PackCalls(one, product, clock);
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {shape} | {GemmCase.Products[product]} | {Median(ours) / 1e9:F1} | {Median(peer) / 1e9:F1} | {ratio:F2} | {share:P0} | {pack:F2} |");
            table.AppendLine(row);
            Console.WriteLine(row);
        }
    }

    // One warm call, then as many as fill the burst.
    private static double Seconds(Action<int> call, int product, Func<double> clock)
    {
        call(product);
        double start = clock();
        int calls = 0;
        double seconds;
        do
        {
            call(product);
            calls++;
            seconds = clock() - start;
        }
        while (seconds < BurstSeconds);

        return seconds / calls;
    }

    private static double PackCalls(GemmCase one, int product, Func<double> clock)
    {
        double warm = double.MaxValue, touched = double.MaxValue;
        for (int burst = 0; burst < 2 * Bursts; burst++)
        {
            warm = Math.Min(warm, Seconds(one.Ours, product, clock));
            touched = Math.Min(touched, Seconds(p => { one.Touch(); one.Ours(p); }, product, clock));
        }

        return (touched - warm) / warm;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
