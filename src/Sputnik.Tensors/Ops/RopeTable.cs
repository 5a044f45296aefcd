namespace Sputnik.Tensors;

/// <summary>Cosines and sines of every position, computed in double once so that all systems agree.</summary>
public sealed class RopeTable
{
    /// <summary>Angles position · theta^(−2i / dim), i = 0 … dim / 2 − 1.</summary>
    public RopeTable(int dim, float theta, int maxLength, bool interleaved) => throw new NotImplementedException();

    /// <summary>Columns rotated.</summary>
    public int Dim { get; }

    /// <summary>Positions it covers.</summary>
    public int MaxLength { get; }

    /// <summary>Pairs are (2i, 2i + 1), as DeepSeek publishes its weights; otherwise (i, i + dim / 2), as Qwen and Llama do.</summary>
    public bool Interleaved { get; }
}
