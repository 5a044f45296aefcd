namespace Sputnik.Tensors;

/// <summary>One routed expert: a SwiGLU network.</summary>
/// <param name="Gate">[hidden, dim]</param>
/// <param name="Up">[hidden, dim]</param>
/// <param name="Down">[dim, hidden]</param>
public sealed record Expert(Weight Gate, Weight Up, Weight Down);
