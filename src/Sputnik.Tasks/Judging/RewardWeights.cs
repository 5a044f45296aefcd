namespace Sputnik.Tasks;

/// <summary>How much each component of a reward counts.</summary>
public sealed record RewardWeights
{
    /// <summary>A right answer in the asked form. R1 weighs accuracy and format alike; at our scale 1 : 0.1 works.</summary>
    public double Accuracy { get; init; } = 1;

    /// <summary>The asked form, whatever the answer.</summary>
    public double Format { get; init; } = 0.1;

    /// <summary>Words in the language of the prompt. 0 for R1-Zero; 0.1 for the readable branch.</summary>
    public double Language { get; init; }

    /// <summary>Returns itself, or says what is wrong.</summary>
    public RewardWeights Validate()
    {
        foreach ((string name, double weight) in new[] { (nameof(Accuracy), Accuracy), (nameof(Format), Format), (nameof(Language), Language) })
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new ArgumentException($"{name} is {weight}; a weight is at least 0.");
            }
        }

        return this;
    }
}
