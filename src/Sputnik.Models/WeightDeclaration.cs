namespace Sputnik.Models;

/// <summary>A parameter before it has memory: enough to count, allocate, start and check it.</summary>
/// <param name="Name">Name in the model file.</param>
/// <param name="Out">Features it produces; 1 for a vector.</param>
/// <param name="In">Features it takes.</param>
/// <param name="Role">What it does.</param>
/// <param name="Routed">Belongs to one routed expert, so that only some tokens meet it.</param>
public sealed record WeightDeclaration(string Name, int Out, int In, WeightRole Role = WeightRole.Matrix, bool Routed = false)
{
    /// <summary>Out · In.</summary>
    public long Count => (long)Out * In;

    /// <summary>Gradients move it, unlike a selection bias.</summary>
    public bool LearnsByGradient => Role != WeightRole.SelectionBias;

    /// <summary>Shape in the model file: a vector has one dimension there.</summary>
    public IReadOnlyList<long> FileShape => Role is WeightRole.Gain or WeightRole.Bias or WeightRole.SelectionBias ? [In] : [Out, In];

    internal static WeightDeclaration Gain(string name, int size) => new(name, 1, size, WeightRole.Gain);
}
