namespace Sputnik.Generation;

/// <summary>One token as it is drawn.</summary>
/// <param name="Id">Token id.</param>
/// <param name="LogProb">log p at the sampling temperature.</param>
public readonly record struct SampledToken(int Id, float LogProb);
