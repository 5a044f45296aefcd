namespace Sputnik.Tasks;

/// <summary>How often each family is drawn. Weights are relative; 0 leaves a family out.</summary>
public sealed record FamilyMix
{
    /// <summary>Weight of <see cref="ChainFamily"/>.</summary>
    public double Chain { get; init; } = 0.4;

    /// <summary>Weight of <see cref="EquationFamily"/>.</summary>
    public double Equation { get; init; } = 0.25;

    /// <summary>Weight of <see cref="CalendarFamily"/>.</summary>
    public double Calendar { get; init; } = 0.2;

    /// <summary>Weight of <see cref="CupsFamily"/>.</summary>
    public double Cups { get; init; } = 0.15;

    /// <summary>
    /// Solutions of the trained equations lie in 2..this. With 12 there are about 3,400 equations to train and test on,
    /// too many to learn by heart and few enough facts to learn.
    /// </summary>
    public int GreatestX { get; init; } = 12;

    /// <summary>Returns itself, or says what is wrong.</summary>
    public FamilyMix Validate()
    {
        foreach ((string name, double weight) in new[] { (nameof(Chain), Chain), (nameof(Equation), Equation), (nameof(Calendar), Calendar), (nameof(Cups), Cups) })
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"{name} is {weight}; a weight is at least 0.");
            }
        }

        if (Chain + Equation + Calendar + Cups <= 0)
        {
            throw new ArgumentException("All families have weight 0.");
        }

        if (GreatestX is < 3 or > 99)
        {
            throw new ArgumentException($"GreatestX is {GreatestX}; it lies in 3..99.");
        }

        return this;
    }

    /// <summary>The weight of a family by its name; 0 for a family this mix does not know.</summary>
    internal double WeightOf(string family) => family switch
    {
        "chain" => Chain,
        "equation" => Equation,
        "calendar" => Calendar,
        "cups" => Cups,
        _ => 0,
    };
}
