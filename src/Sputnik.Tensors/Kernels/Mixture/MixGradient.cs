namespace Sputnik.Tensors;

/// <summary>Matrices of the mixture's backward pass.</summary>
/// <param name="Weights">Weight of each choice. [rows, top k]</param>
/// <param name="Z">What the experts said. [choices, cols]</param>
/// <param name="Dy">Gradient of the mixture. [rows, cols]</param>
/// <param name="Dz">Gradient of what the experts said, written. [choices, cols]</param>
/// <param name="DWeights">Gradient of the weights, added to. [rows, top k]</param>
internal readonly record struct MixGradient(Tensor Weights, Tensor Z, Tensor Dy, Tensor Dz, Tensor DWeights);
