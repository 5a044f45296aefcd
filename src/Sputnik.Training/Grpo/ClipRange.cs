namespace Sputnik.Training;

/// <summary>The ratio of new to old probability counts only within [1 − Low, 1 + High].</summary>
/// <param name="Low">How far below 1.</param>
/// <param name="High">How far above 1.</param>
public readonly record struct ClipRange(float Low, float High)
{
    /// <summary>ε = 10, as R1 states: the lower bound is never active, so only a ratio above 11 is clipped.</summary>
    public static ClipRange R1 => new(10, 10);

    /// <summary>.2 and .28: rare tokens may rise further than they fall. DAPO, arXiv 2503.14476.</summary>
    public static ClipRange Dapo => new(0.2f, 0.28f);
}
