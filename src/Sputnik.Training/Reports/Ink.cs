namespace Sputnik.Training;

/// <summary>How a curve is drawn. One colour for what matters; the rest is told apart by tone and stroke, also by the colour-blind.</summary>
internal enum Ink
{
    /// <summary>The accent colour.</summary>
    Accent,

    /// <summary>The accent colour, dashed.</summary>
    AccentDashed,

    /// <summary>Grey: what one compares with.</summary>
    Quiet,
}
