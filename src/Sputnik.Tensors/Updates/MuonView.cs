namespace Sputnik.Tensors;

/// <summary>Where a weight, its gradient and its momentum lie; plain values, so that worker jobs can carry it.</summary>
internal readonly unsafe struct MuonView(Weight weight, Weight momentum)
{
    public readonly float* Values = weight.Data;
    public readonly float* Gradient = weight.GradData;
    public readonly float* Momentum = momentum.Data;
    public readonly int Out = weight.Out;
    public readonly int In = weight.In;

    public int Count => checked(Out * In);
}
