namespace Sputnik.Training;

/// <summary>What one token adds to the objective.</summary>
/// <param name="Loss">−min(ρA, clip(ρ) A) + β k3.</param>
/// <param name="Derivative">∂ Loss / ∂ log π of the token.</param>
/// <param name="Kl">k3 to the reference policy; 0 without one.</param>
/// <param name="Clipped">The clipped side was the smaller: no gradient from the advantage.</param>
public readonly record struct TokenLoss(double Loss, double Derivative, double Kl, bool Clipped);
