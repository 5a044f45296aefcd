namespace Sputnik.Tasks;

/// <summary>A number for each style: a share of the documents or a probability.</summary>
public sealed record StyleMix
{
    /// <summary>For <see cref="Style.Direct"/>.</summary>
    public double Direct { get; init; }

    /// <summary>For <see cref="Style.Equations"/>.</summary>
    public double Equations { get; init; }

    /// <summary>For <see cref="Style.Steps"/>.</summary>
    public double Steps { get; init; }

    /// <summary>For <see cref="Style.Checked"/>.</summary>
    public double Checked { get; init; }

    /// <summary>The number of a style.</summary>
    public double this[Style style] => style switch
    {
        Style.Direct => Direct,
        Style.Equations => Equations,
        Style.Steps => Steps,
        _ => Checked,
    };
}
