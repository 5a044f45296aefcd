namespace Sputnik.Tensors;

/// <summary>
/// The experts over rows sorted by expert. Every stage is one fork over all experts; a gathered row's products are its own
/// chains, so its bits do not depend on who else was sent to the same expert.
/// </summary>
internal readonly struct ExpertMixture(Workers workers, ExpertParts parts, IReadOnlyList<Expert> experts, Routing routing, ExpertRows sorted)
{
    /// <summary>Who goes where.</summary>
    public Routing Routing => routing;

    /// <summary>The choices by expert.</summary>
    public ExpertRows Sorted => sorted;

    /// <summary>Fills <paramref name="a"/> and y.</summary>
    public unsafe void Forward(Tensor x, ExpertActivations a, Tensor y)
    {
        GatherKernel.Forward(workers, x.Data, sorted.Rows, a.X);
        parts.Clear(2 * experts.Count);
        AddParts(Side.Gate, a.X, a.Gate);
        AddParts(Side.Up, a.X, a.Up);
        MatMul.ForwardGroup(workers, parts.All);
        SwiGluKernel.Forward(workers, a.Gate, a.Up, a.Hidden);
        MatMul.ForwardGroup(workers, Only(Side.Down, a.Hidden, a.Z));
        MixKernel.Forward(workers, sorted, routing.Weights, a.Z, y);
    }

    /// <summary>Adds to dx, the weights of the choices and the experts' own; <paramref name="d"/> is scratch.</summary>
    public void Backward(ExpertActivations a, ExpertActivations d, Tensor dy, Tensor dx, Tensor dWeights)
    {
        MixKernel.Backward(workers, sorted, new(routing.Weights, a.Z, dy, d, dWeights));
        MatMul.InputGradientGroup(workers, Only(Side.Down, d.Hidden, d.Z));
        SwiGluKernel.Backward(workers, a.Gate, a.Up, d.Hidden, d.Gate, d.Up);
        MatMul.InputGradientGroup(workers, Only(Side.Gate, d.X, d.Gate));
        MatMul.InputGradientGroup(workers, Only(Side.Up, d.X, d.Up));
        MixKernel.Return(workers, sorted, routing.Weights.Cols, d.X, dx);

        parts.Clear(3 * experts.Count);
        AddParts(Side.Gate, a.X, d.Gate, trainable: true);
        AddParts(Side.Up, a.X, d.Up, trainable: true);
        AddParts(Side.Down, a.Hidden, d.Z, trainable: true);
        MatMul.WeightGradientGroup(workers, parts.All);
    }

    private ReadOnlySpan<MatMulPart> Only(Side side, Tensor input, Tensor output)
    {
        parts.Clear(experts.Count);
        AddParts(side, input, output);
        return parts.All;
    }

    private unsafe void AddParts(Side side, Tensor input, Tensor output, bool trainable = false)
    {
        for (int e = 0; e < experts.Count; e++)
        {
            Expert expert = experts[e];
            Weight weight = side switch { Side.Gate => expert.Gate, Side.Up => expert.Up, _ => expert.Down };
            if (!trainable || weight.Trainable)
            {
                parts.Add(weight, input, output, sorted.Starts[e], sorted.Starts[e + 1]);
            }
        }
    }

    private enum Side
    {
        Gate,
        Up,
        Down,
    }
}
