namespace Sputnik.Tasks;

/// <summary>How a worked response departs from the plain one. The default is English, right and well formed.</summary>
public sealed record WorkOptions
{
    /// <summary>English, no slips, no flaw.</summary>
    public static WorkOptions Plain { get; } = new();

    /// <summary>The language of the connective words.</summary>
    public Language Language { get; init; }

    /// <summary>
    /// Chance that a step is worked wrongly. <see cref="Style.Checked"/> always finds and corrects the slip, the other
    /// styles carry it into the answer; <see cref="Style.Direct"/> has no steps and so no slips.
    /// </summary>
    public double SlipProbability { get; init; }

    /// <summary>What is wrong with the form.</summary>
    public FormatFlaw Flaw { get; init; }
}
