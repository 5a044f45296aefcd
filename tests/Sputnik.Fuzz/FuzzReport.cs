namespace Sputnik.Fuzz;

/// <summary>What came of a run.</summary>
internal sealed class FuzzReport
{
    /// <summary>Cases that could be read and used.</summary>
    public int Accepted { get; set; }

    /// <summary>Cases that were refused as the contract says.</summary>
    public int Refused { get; set; }

    /// <summary>The case that took the most processor time.</summary>
    public (int Case, TimeSpan Time) Slowest { get; set; }

    /// <summary>The case that allocated the most managed bytes.</summary>
    public (int Case, long Bytes) Largest { get; set; }

    /// <summary>The most address space that one case asked of the system; 0 where the system does not say.</summary>
    public (int Case, long Bytes) LargestNative { get; set; }

    /// <summary>How often each place refused: what the damage reaches.</summary>
    public SortedDictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Cases that broke the contract, each with what happened.</summary>
    public List<(int Case, string What)> Failures { get; } = [];
}
