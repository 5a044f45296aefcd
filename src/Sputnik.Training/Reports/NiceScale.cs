namespace Sputnik.Training;

/// <summary>An axis that begins and ends at round numbers.</summary>
/// <param name="Least">Where it begins.</param>
/// <param name="Greatest">Where it ends.</param>
/// <param name="Step">From tick to tick: 1, 2 or 5 times a power of ten.</param>
internal readonly record struct NiceScale(double Least, double Greatest, double Step)
{
    /// <summary>The scale that holds both values with about <paramref name="ticks"/> steps, of whole numbers where they count something.</summary>
    public static NiceScale Around(double least, double greatest, int ticks, bool whole = false)
    {
        if (greatest <= least)
        {
            // What does not move has no range of its own: half its size to both sides, and from zero to one.
            double room = Math.Abs(least) / 2;
            (least, greatest) = least == 0 ? (0, 1) : (least - room, greatest + room);
        }

        double rough = (greatest - least) / ticks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        step = whole ? Math.Max(1, step) : step;
        return new(Math.Floor(least / step) * step, Math.Ceiling(greatest / step) * step, step);
    }

    /// <summary>The ticks, both ends among them.</summary>
    public IEnumerable<double> Ticks()
    {
        int count = (int)Math.Round((Greatest - Least) / Step);
        for (int i = 0; i <= count; i++)
        {
            // Multiples rather than sums: 3 · 0.1 prints shorter than 0.1 + 0.1 + 0.1 would.
            yield return Math.Round(Least + (i * Step), 12);
        }
    }

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end.</summary>
    public double Share(double value) => (value - Least) / (Greatest - Least);
}
