namespace Sputnik.Generation;

/// <summary>A token and how likely the model held it, before filters and temperature.</summary>
/// <param name="Id">Token id.</param>
/// <param name="LogProb">Natural logarithm of its probability at temperature 1.</param>
public readonly record struct TokenLogProb(int Id, float LogProb);
