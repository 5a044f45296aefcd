namespace Sputnik.Tensors;

/// <summary>What least squares asks of values x and weights w.</summary>
/// <param name="W">Σ w.</param>
/// <param name="X">Σ w x.</param>
internal readonly record struct ValueSums(float W, float X);

/// <summary>What it asks of codes q beside them.</summary>
/// <param name="Q">Σ w q.</param>
/// <param name="QQ">Σ w q².</param>
/// <param name="XQ">Σ w x q.</param>
internal readonly record struct CodeSums(float Q, float QQ, float XQ);

/// <summary>What it asks of levels q where the line has no minimum.</summary>
/// <param name="QQ">Σ w q².</param>
/// <param name="XQ">Σ w x q.</param>
internal readonly record struct ScaleSums(float QQ, float XQ);
