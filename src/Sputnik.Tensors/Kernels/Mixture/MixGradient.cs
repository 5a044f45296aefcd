namespace Sputnik.Tensors;

/// <summary>Matrices of the mixture's backward pass.</summary>
/// <param name="Weights">Weight of each choice. [rows, top k]</param>
/// <param name="Z">What the experts said. [choices, cols]</param>
/// <param name="Dy">Gradient of the mixture. [rows, cols]</param>
/// <param name="D">Gradients within the experts: Z is written, the others are cleared. [choices, …]</param>
/// <param name="DWeights">Gradient of the weights, added to. [rows, top k]</param>
internal readonly record struct MixGradient(Tensor Weights, Tensor Z, Tensor Dy, ExpertActivations D, Tensor DWeights);
