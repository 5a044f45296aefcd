using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sputnik.Tasks;

namespace Sputnik.Training;

/// <summary>
/// The table that decides whether reinforcement learning is worth starting: accuracy by style. Reinforcement learning moves
/// probability to the style that is most often right. Where a base is more often right without thinking, it unlearns to
/// think; seen in four bases of four.
/// </summary>
public sealed class StageGate
{
    // With fewer, the accuracy of a style is a guess: a standard error above 0.12.
    private const int LeastResponses = 16;

    private static readonly ImmutableArray<Style> Styles = [Style.Direct, Style.Equations, Style.Steps, Style.Checked];

    private readonly ImmutableArray<GroupScore> _scores;

    private StageGate(ImmutableArray<GroupScore> scores, ImmutableArray<FamilyGate> families)
    {
        _scores = scores;
        Families = families;
    }

    /// <summary>The decision of every family.</summary>
    public ImmutableArray<FamilyGate> Families { get; }

    /// <summary>Whether thinking pays in every family.</summary>
    public bool Holds => Families.All(f => f.Holds);

    /// <summary>The gate of an evaluation of the base.</summary>
    public static StageGate Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IEnumerable<IGrouping<string, GroupScore>> families = report.ByFamilyAndStyle.GroupBy(s => s.Family ?? "", StringComparer.Ordinal);
        return new(report.ByFamilyAndStyle, [.. families.Select(f => Decide(f.Key, [.. f]))]);
    }

    /// <summary>The table in Markdown: a line a family, a column a style, accuracy among well-formed responses and their number.</summary>
    public string Table()
    {
        StringBuilder text = new("| family | direct | equations | steps | checked | thinking pays |\n|---|---|---|---|---|---|\n");
        foreach (FamilyGate family in Families)
        {
            IEnumerable<string> cells = Styles.Select(style => Cell(_scores.FirstOrDefault(s => s.Family == family.Family && s.Style == style)));
            text.Append(CultureInfo.InvariantCulture, $"| {family.Family} | {string.Join(" | ", cells)} | {(family.Holds ? "yes" : "no")}: {family.Why} |\n");
        }

        return text.ToString();
    }

    private static FamilyGate Decide(string family, GroupScore[] scores)
    {
        double? direct = scores.Where(s => s.Style == Style.Direct).Select(Accuracy).FirstOrDefault();
        GroupScore? best = scores.Where(s => s.Style != Style.Direct && Accuracy(s) is not null).MaxBy(Accuracy);
        if (best is null || Accuracy(best) is not { } thinking)
        {
            return new(family, direct, null, null, false, $"fewer than {LeastResponses} well-formed responses think");
        }

        if (direct is not { } without)
        {
            return new(family, null, best.Style, thinking, true, "hardly any response answers directly");
        }

        string numbers = string.Create(CultureInfo.InvariantCulture, $"{best.Style} {thinking:0.00}, direct {without:0.00}");
        return new(family, without, best.Style, thinking, thinking > without, numbers);
    }

    private static double? Accuracy(GroupScore score) =>
        score.AccuracyWhenWellFormed is { Count: >= LeastResponses } estimate ? estimate.Mean : null;

    private static string Cell(GroupScore? score) => score?.AccuracyWhenWellFormed is { } estimate
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Mean:0.00} ({estimate.Count})")
        : "–";
}
