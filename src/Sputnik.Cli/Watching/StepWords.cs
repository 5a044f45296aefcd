using Sputnik.Training;

namespace Sputnik.Cli;

/// <summary>A step in words: what both the live view and the plain lines say of it.</summary>
internal static class StepWords
{
    /// <summary>The values of a step by name, those that its stage has.</summary>
    public static IEnumerable<(string Name, string Value)> Values(StepRecord step)
    {
        if (step.Accuracy is { } accuracy)
        {
            yield return ("accuracy", Quantity.Percent(accuracy));
        }

        if (step.Reward is { } reward)
        {
            yield return ("reward", Quantity.Figures(reward));
        }

        if (step.Length is { } length)
        {
            yield return ("length", $"{Quantity.Figures(length)} tokens");
        }

        if (step.Checks is { } checks)
        {
            yield return ("checks", Quantity.Figures(checks));
        }

        if (step.Kl is { } kl)
        {
            yield return ("KL", Quantity.Figures(kl));
        }

        yield return ("loss", Quantity.Figures(step.Loss));
        yield return ("gradient", Quantity.Figures(step.GradientNorm));
    }

    /// <summary>What would be wrong if it went on: shares of answers cut off or of groups that teach nothing.</summary>
    public static IEnumerable<(string Name, string Value)> Warnings(StepRecord step)
    {
        // Cut answers earn nothing, and a group of equal rewards moves nothing: above half, the step is mostly wasted.
        if (step.Truncated is > 0.5 and { } truncated)
        {
            yield return ("cut off", Quantity.Percent(truncated));
        }

        if (step.ZeroVariance is > 0.5 and { } same)
        {
            yield return ("groups without a difference", Quantity.Percent(same));
        }
    }

    /// <summary>Speed: tokens/s, GFLOP/s and their share of the peak.</summary>
    public static string Speed(StepRecord step) =>
        $"{Quantity.Scaled(step.TokensPerSecond)} tok/s, {Quantity.Figures(step.Gflops)} GFLOP/s ({Quantity.Percent(step.PeakShare)} of peak)";

    /// <summary>Cost so far: processor hours and money.</summary>
    public static string Cost(StepRecord step, double price) =>
        $"{Quantity.CpuTime(step.CpuHours)}, {Quantity.Money(step.CpuHours * price)}";
}
