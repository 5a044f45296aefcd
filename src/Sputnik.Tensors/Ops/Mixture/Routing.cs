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

    internal int* ExpertData { get; }

    /// <summary>Chosen experts of a row, ascending. [top k]</summary>
    public ReadOnlySpan<int> Experts(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Weights.Rows);
        return new(ExpertData + ((long)row * Weights.Cols), Weights.Cols);
    }

    /// <summary>Adds the rows each expert gets, for the update of the bias (auxiliary-loss-free balance). [experts]</summary>
    public void CountLoad(Span<long> load)
    {
        if (load.Length != Affinities.Cols)
        {
            throw new ArgumentException($"There are {Affinities.Cols} experts, got {load.Length} counts.", nameof(load));
        }

        long choices = Weights.Count;
        for (long i = 0; i < choices; i++)
        {
            load[ExpertData[i]]++;
        }
    }
}
