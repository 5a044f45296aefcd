namespace Sputnik.Models;

/// <summary>What a parameter does; decides how it starts and who updates it.</summary>
public enum WeightRole
{
    /// <summary>Rows looked up by token.</summary>
    Embedding,

    /// <summary>A hidden projection.</summary>
    Matrix,

    /// <summary>A hidden projection whose output is added to the residual stream.</summary>
    ResidualOutput,

    /// <summary>Scale of a norm; a vector.</summary>
    Gain,

    /// <summary>Added to every row; a vector.</summary>
    Bias,

    /// <summary>Output projection to the vocabulary.</summary>
    Head,

    /// <summary>Added to affinities for the choice of experts only; moved by <see cref="Router.UpdateBias"/>, never by a gradient. A vector.</summary>
    SelectionBias,
}
