using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>Gives declared parameters memory and keeps both lists in step.</summary>
internal sealed class WeightSet : IDisposable
{
    private readonly List<Weight> _weights = [];
    private readonly List<WeightDeclaration> _declarations = [];

    public IReadOnlyList<Weight> Weights => _weights;

    public IReadOnlyList<WeightDeclaration> Declarations => _declarations;

    /// <summary>A weight of zeros.</summary>
    public Weight Make(WeightDeclaration declaration)
    {
        if (declaration.Count > Array.MaxLength)
        {
            throw new NotSupportedException($"'{declaration.Name}' has {declaration.Count} values; one weight holds at most {Array.MaxLength}.");
        }

        Weight weight = new(declaration.Name, declaration.Out, declaration.In);
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
