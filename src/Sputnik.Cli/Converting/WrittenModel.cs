using Sputnik.Models;
using Sputnik.Tensors;
using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>What <c>quantize</c> and <c>convert</c> say they wrote.</summary>
internal sealed record WrittenModel
{
    /// <summary>The first of them is to be opened.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required string Type { get; init; }

    /// <summary>Bytes of the weights before.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>Bytes of the weights now.</summary>
    public required long BytesAfter { get; init; }

    public required double BitsPerWeight { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Tensors in each format.</summary>
    public required IReadOnlyDictionary<string, int> Formats { get; init; }

    /// <summary>Tensors whose errors an importance weighed.</summary>
    public required int Weighted { get; init; }

    public static WrittenModel Of(QuantiseReport report, double seconds) => new()
    {
        Files = report.Files,
        Type = report.Type,
        BytesBefore = report.BytesBefore,
        BytesAfter = report.BytesAfter,
        BitsPerWeight = report.BitsPerWeight,
        Seconds = seconds,
        Formats = report.Tensors.GroupBy(t => t.To).OrderByDescending(same => same.Sum(t => t.Bytes)).ToDictionary(same => same.Key.Name(), same => same.Count()),
        Weighted = report.Tensors.Count(t => t.Weighted),
    };

    public override string ToString() =>
        $"{Files[0]}: {Type}, {Quantity.Scaled(BytesBefore)}B became {Quantity.Scaled(BytesAfter)}B{(Files.Count > 1 ? $" in {Files.Count} files" : "")}, {Quantity.Figures(BitsPerWeight)} bits a weight "
        + $"({string.Join(", ", Formats.Select(format => $"{format.Value} {format.Key}"))}{(Weighted > 0 ? $"; {Weighted} by importance" : "")}), in {Quantity.Duration(Seconds)}";
}
