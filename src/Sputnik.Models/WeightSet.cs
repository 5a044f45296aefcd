using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Gets declared parameters from a source and keeps both lists in step.</summary>
internal sealed class WeightSet(Func<WeightDeclaration, Weight> source) : IDisposable
{
    private readonly List<Weight> _weights = [];
    private readonly List<WeightDeclaration> _declarations = [];

    public IReadOnlyList<Weight> Weights => _weights;

    public IReadOnlyList<WeightDeclaration> Declarations => _declarations;

    /// <summary>The source of a model that is to be trained or filled: weights of zeros.</summary>
    public static Weight Zero(WeightDeclaration declaration) => declaration.Count <= Array.MaxLength
        ? new(declaration.Name, declaration.Out, declaration.In)
        : throw new NotSupportedException($"'{declaration.Name}' has {declaration.Count} values; one weight holds at most {Array.MaxLength}.");

    /// <summary>The weight of a declaration.</summary>
    public Weight Make(WeightDeclaration declaration)
    {
        Weight weight = source(declaration);
        _weights.Add(weight);
        _declarations.Add(declaration);
        return weight;
    }

    public void Dispose()
    {
        foreach (Weight weight in _weights)
        {
            weight.Dispose();
        }
    }
}
