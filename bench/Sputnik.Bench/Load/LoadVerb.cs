using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sputnik.Bench;

/// <summary>A running server under many clients, of which some leave: does it forget, leak, favour, or get stuck?</summary>
internal static class LoadVerb
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // What runs when no more is begun may finish; then what is left is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    /// <summary>Runs the verb: 0 where every bound held, 1 where one did not, 2 where there was nothing to load.</summary>
    public static async Task<int> Run(string url, Options options)
    {
        try
        {
            return await Measure(url, options);
        }
        catch (Exception failure) when (failure is ArgumentException or HttpRequestException or InvalidDataException)
        {
            Console.Error.WriteLine(failure.Message);
            return 2;
        }
    }

    private static async Task<int> Measure(string url, Options options)
    {
        LoadPlan plan = LoadPlan.Read(url, options);
        using LoadServer server = new(plan);
        await server.Meet();
        if (plan.Prompt.Most + plan.Tokens.Most > server.Context)
        {
            throw new ArgumentException($"--prompt and --tokens may reach {plan.Prompt.Most + plan.Tokens.Most} tokens; the server's context is {server.Context}.");
        }

        LoadReport report = await Load(plan, server);
        Console.Write(report.ToTable());
        if (options.Text("--json") is string path)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, LoadJson.Default.LoadReport) + "\n");
        }

        return report.Broken.Count == 0 ? 0 : 1;
    }

    private static async Task<LoadReport> Load(LoadPlan plan, LoadServer server)
    {
        MetricsPage start = await server.Metrics();
        LoadTally tally = new(plan.Keys.Count);
        using LeavingClients leaving = new(server, tally);
        using CancellationTokenSource closing = new(plan.Time);
        Task streams = Task.WhenAll(Enumerable.Range(0, plan.Streams).Select(index => new LoadStream(plan, server, tally, leaving, index).Run(closing.Token)));
        List<double> memory = await Watch(server, tally, closing.Token);
        tally.Close();
        await streams.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        MetricsPage end = await Quiet(server);
        return tally.Report(plan, server) with
        {
            PagesAtStart = start.Pages,
            PagesAtEnd = end.Pages,
            HeldAtEnd = end.Held,
            MemoryAtStart = start.Memory,
            MemoryWarm = memory[memory.Count / 3],
            MemoryMost = memory.Max(),
            MemoryAtEnd = end.Memory,
        };
    }

    /// <summary>Says how it goes; the server's memory at each tick.</summary>
    private static async Task<List<double>> Watch(LoadServer server, LoadTally tally, CancellationToken closing)
    {
        List<double> memory = [];
        long start = Stopwatch.GetTimestamp(), tokens = 0;
        while (!closing.IsCancellationRequested)
        {
            await Task.Delay(Tick, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            MetricsPage page = await server.Metrics();
            memory.Add(page.Memory);
            LoadCounts counts = tally.Counts;
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(start).TotalSeconds,5:F0} s  {counts.Tokens - tokens,5} tokens  in the engine {page["sputnik_requests_running"]}+{page["sputnik_requests_waiting"]}  " +
                $"done {counts.Done} left {counts.Left} refused {counts.Refused} failed {counts.Failed}  pages {page.Pages}+{page["sputnik_kv_cache_pages_cached"]}/{page["sputnik_kv_cache_pages"]}  {page.Memory / 1e6:F0} MB");
            tokens = counts.Tokens;
            Console.Error.Write(Console.IsErrorRedirected ? line + "\n" : $"\r{line}  ");
        }

        Console.Error.WriteLine();
        return memory;
    }

    /// <summary>The server when nobody asks any more, or as it is when that takes too long.</summary>
    private static async Task<MetricsPage> Quiet(LoadServer server)
    {
        long start = Stopwatch.GetTimestamp();
        MetricsPage page = await server.Metrics();
        while ((page.Held > 0 || page.Pages > 0) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(100);
            page = await server.Metrics();
        }

        return page;
    }
}
