using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Sizes of a mixture layer and how its gate chooses, whatever family it belongs to.</summary>
/// <param name="HiddenSize">Columns of the residual stream.</param>
/// <param name="ExpertSize">Hidden columns of one expert.</param>
/// <param name="Experts">Experts the gate chooses from.</param>
/// <param name="Shared">Experts every token meets, as one network of their joint size.</param>
/// <param name="Biased">The gate has a bias on the choice.</param>
/// <param name="Routing">How it chooses.</param>
/// <param name="BalanceLoss">Weight of the sequence-wise balance loss; 0 = none.</param>
internal sealed record MixtureShape(
    int HiddenSize, int ExpertSize, int Experts, int Shared, bool Biased, RouterSettings Routing, float BalanceLoss);
