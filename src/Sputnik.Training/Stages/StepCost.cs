namespace Sputnik.Training;

/// <summary>What one step took.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="RowsComputed">Rows that were only computed: rollouts and their prompts, the reference policy.</param>
/// <param name="RowsTrained">Rows that went forward and back.</param>
internal readonly record struct StepCost(double Seconds, long RowsComputed, long RowsTrained)
{
    /// <summary>2·N and 6·N a row.</summary>
    public double Flops(long activeParameters) => ((2.0 * RowsComputed) + (6.0 * RowsTrained)) * activeParameters;
}
