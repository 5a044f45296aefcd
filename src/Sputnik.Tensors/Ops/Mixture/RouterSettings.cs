namespace Sputnik.Tensors;

/// <summary>How a gate chooses experts. Defaults are DeepSeek-V3's form without group limits.</summary>
public sealed record RouterSettings
{
    /// <summary>Experts a token is sent to.</summary>
    public required int TopK { get; init; }

    /// <summary>Equal groups the experts stand in; 1 = no group limit. V3 uses 8.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Groups a token may use. V3 uses 4 of 8.</summary>
    public int GroupsKept { get; init; } = 1;

    /// <summary>Affinities are sigmoids (V3) rather than a softmax (V2).</summary>
    public bool Sigmoid { get; init; } = true;

    /// <summary>Weights are divided by their sum (V3).</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Factor on the weights; 2.5 in V3.</summary>
    public float Scaling { get; init; } = 1;
}
