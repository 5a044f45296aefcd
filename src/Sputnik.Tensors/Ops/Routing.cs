namespace Sputnik.Tensors;

/// <summary>Which experts each row goes to and with what weight; lives as long as the arena's step.</summary>
public readonly unsafe struct Routing
{
    internal Routing(int* experts, Tensor weights, Tensor affinities)
    {
        ExpertData = experts;
        Weights = weights;
        Affinities = affinities;
    }

    /// <summary>Weight of each choice, beside <see cref="Experts"/>. [rows, top k]</summary>
    public Tensor Weights { get; }

    /// <summary>Unbiased affinity of every expert. [rows, experts]</summary>
    public Tensor Affinities { get; }

    /// <summary>Chosen experts of a row, ascending. [top k]</summary>
    public ReadOnlySpan<int> Experts(int row) => new(ExpertData + ((long)row * Weights.Cols), Weights.Cols);

    internal int* ExpertData { get; }
}
