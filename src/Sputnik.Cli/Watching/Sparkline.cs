namespace Sputnik.Cli;

/// <summary>A curve in one line of text, from the least value (▁) to the greatest (█).</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>At most <paramref name="width"/> characters; where there are more values, each stands for the mean of its share.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return "";
        }

        int columns = Math.Min(width, finite.Length);
        double[] means = new double[columns];
        for (int c = 0; c < columns; c++)
        {
            int from = (int)((long)c * finite.Length / columns), to = (int)((long)(c + 1) * finite.Length / columns);
            means[c] = finite.AsSpan(from, to - from).ToArray().Average();
        }

        double least = means.Min(), range = means.Max() - least;
        return string.Concat(means.Select(mean => Block(mean, least, range)));
    }

    // A curve that does not move is drawn low, not in the middle: it has no height.
    private static char Block(double value, double least, double range) =>
        range > 0 ? Blocks[(int)Math.Round((value - least) / range * (Blocks.Length - 1))] : Blocks[0];
}
