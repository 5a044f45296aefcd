namespace Sputnik.Tasks;

/// <summary>Which problems: the first three part the trained difficulties by the hash of the numeric skeleton.</summary>
public enum Split
{
    /// <summary>80 %: the only problems a corpus or an RL run may see.</summary>
    Train,

    /// <summary>10 %: for choices made while tuning.</summary>
    Validation,

    /// <summary>10 %: for the last measurement; nobody tunes on it.</summary>
    Test,

    /// <summary>The hard difficulty of each family, beyond all that was trained.</summary>
    Hard,
}
