namespace Sputnik.Tasks;

/// <summary>
/// What a pretraining corpus holds. With these shares a base of 344 K parameters and 1.6 M tokens on chains and equations
/// went from .30 to .70 in 15 GRPO steps: thinking has to be right more often than guessing before RL starts.
/// </summary>
public sealed record CorpusSettings
{
    /// <summary>Share of documents that are drills: blocks of single facts.</summary>
    public double Drills { get; init; } = 0.15;

    /// <summary>Facts in a drill document.</summary>
    public int FactsPerDrill { get; init; } = 8;

    /// <summary>Shares of the styles among problems. Half direct, so that the base has room to learn to think.</summary>
    public StyleMix Styles { get; init; } = new() { Direct = 0.5, Equations = 0.1, Steps = 0.15, Checked = 0.25 };

    /// <summary>Chance of a slip in each step. Checked slips are corrected; the others run into the answer.</summary>
    public StyleMix Slips { get; init; } = new() { Equations = 0.12, Steps = 0.1, Checked = 0.08 };

    /// <summary>Share of documents whose connective words are Chinese.</summary>
    public double Chinese { get; init; } = 0.12;

    /// <summary>Share of documents whose connective words are of both languages.</summary>
    public double Mixed { get; init; } = 0.18;

    /// <summary>Share of documents that break the asked form, one of three flaws each.</summary>
    public double FormatFlaws { get; init; } = 0.2;

    /// <summary>Returns itself, or says what is wrong.</summary>
    public CorpusSettings Validate()
    {
        Share(nameof(Drills), Drills);
        Share(nameof(Chinese), Chinese);
        Share(nameof(Mixed), Mixed);
        Share($"{nameof(Chinese)} + {nameof(Mixed)}", Chinese + Mixed);
        Share(nameof(FormatFlaws), FormatFlaws);
        foreach (Style style in Enum.GetValues<Style>())
        {
            Share($"{nameof(Styles)}.{style}", Styles[style]);
            Share($"{nameof(Slips)}.{style}", Slips[style]);
        }

        double sum = Styles.Direct + Styles.Equations + Styles.Steps + Styles.Checked;
        if (Math.Abs(sum - 1) > 1e-9)
        {
            throw new ArgumentException($"{nameof(Styles)} sum to {sum}; they are shares and sum to 1.");
        }

        if (FactsPerDrill is < 1 or > 64)
        {
            throw new ArgumentException($"{nameof(FactsPerDrill)} is {FactsPerDrill}; it lies in 1..64.");
        }

        return this;
    }

    private static void Share(string name, double value)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentException($"{name} is {value}; it lies in 0..1.");
        }
    }
}
