using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Sputnik.Bench;

/// <summary>What came of a load. Times in seconds, memory in bytes.</summary>
internal sealed record LoadReport
{
    // The bounds of the load test: one step and 50 ms to let go of a request, shares within 15 %.
    private const double CancelSeconds = 0.05;
    private const double ShareBound = 0.15;

    // A collected heap breathes: a leak of ten minutes is more than this.
    private const double MemoryShare = 0.05;
    private const double MemoryBytes = 64 << 20;

    // Answers that end in the very moment in which their client leaves.
    private const double TooLateShare = 0.02;

    public required string Model { get; init; }

    public required string Machine { get; init; }

    public required int Streams { get; init; }

    public required int Keys { get; init; }

    public required double Disconnects { get; init; }

    public required LoadCounts Counts { get; init; }

    public required double TokensPerSecond { get; init; }

    public required Spread FirstToken { get; init; }

    public required Spread BetweenTokens { get; init; }

    /// <summary>From a client's leaving to the engine's letting go.</summary>
    public required Spread Cancel { get; init; }

    /// <summary>The same without the step that was running.</summary>
    public required Spread CancelBeyondStep { get; init; }

    /// <summary>Each key's part of the tokens.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    public required IReadOnlyList<string> Failures { get; init; }

    public double PagesAtStart { get; init; }

    public double PagesAtEnd { get; init; }

    /// <summary>Requests in the engine when every client had gone.</summary>
    public double HeldAtEnd { get; init; }

    /// <summary>Resident bytes before the load.</summary>
    public double MemoryAtStart { get; init; }

    /// <summary>After a third of the time, when pages and pools have been touched: from here on nothing may grow.</summary>
    public double MemoryWarm { get; init; }

    public double MemoryMost { get; init; }

    public double MemoryAtEnd { get; init; }

    /// <summary>Bounds that are broken; empty = passed.</summary>
    public IReadOnlyList<string> Broken => [.. Bounds().Where(bound => !bound.Held).Select(bound => bound.Name)];

    /// <summary>The report for people.</summary>
    public string ToTable()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Model}; {Machine}; {Streams} streams, {Counts.Seconds:F0} s, {Disconnects:P0} leave\n");
        text.AppendLine("| | |\n|---|--:|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| requests done, left, left too late, refused, failed | {Counts.Done}, {Counts.Left}, {Counts.LeftTooLate}, {Counts.Refused}, {Counts.Failed} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| tokens/s | {TokensPerSecond:F1} |");
        Times("first token", FirstToken);
        Times("token to token", BetweenTokens);
        Times("leaving to let go", Cancel);
        Times("the same beyond the running step", CancelBeyondStep);
        text.AppendLine(CultureInfo.InvariantCulture, $"| shares of the keys | {string.Join(", ", Shares.Select(share => share.ToString("P1", CultureInfo.InvariantCulture)))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| pages in use, start → end | {PagesAtStart} → {PagesAtEnd} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| memory, start → warm → most → end | {MemoryAtStart / 1e6:F0} → {MemoryWarm / 1e6:F0} → {MemoryMost / 1e6:F0} → {MemoryAtEnd / 1e6:F0} MB |\n");
        foreach ((string name, bool held) in Bounds())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{(held ? "held  " : "BROKEN")} {name}");
        }

        foreach (string failure in Failures)
        {
            text.AppendLine(failure);
        }

        return text.ToString();

        void Times(string name, Spread times) => text.AppendLine(CultureInfo.InvariantCulture,
            $"| {name}, median, p99, most | {times.Median * 1e3:F1}, {times.P99 * 1e3:F1}, {times.Most * 1e3:F1} ms |");
    }

    private IEnumerable<(string Name, bool Held)> Bounds()
    {
        yield return ("no request failed", Counts.Failed == 0);
        yield return ("some were answered", Counts.Done > 0);
        yield return ("none is stuck in the engine", HeldAtEnd == 0);
        yield return ("every page in use has come back", PagesAtEnd <= PagesAtStart);
        yield return ("memory did not grow once warm", MemoryAtEnd <= MemoryWarm + Math.Max(MemoryBytes, MemoryShare * MemoryWarm));
        yield return ("p99 of letting go is within one step and 50 ms", CancelBeyondStep.P99 <= CancelSeconds);
        yield return ("hardly any leaving went unnoticed", Counts.LeftTooLate <= TooLateShare * (Counts.Left + Counts.LeftTooLate));
        yield return ("shares of the keys are equal within 15 %", Shares.All(share => Math.Abs((share * Keys) - 1) <= ShareBound));
    }
}

/// <summary>The report for machines.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadJson : JsonSerializerContext;
