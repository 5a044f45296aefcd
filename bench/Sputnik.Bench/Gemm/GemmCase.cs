using Sputnik.Tensors;

namespace Sputnik.Bench;

/// <summary>The three products of one shape, ours and the peer's, on the same operands.</summary>
internal sealed unsafe class GemmCase : IDisposable
{
    private readonly GemmShape _shape;
    private readonly Workers _workers;
    private readonly Arena _arena = new();
    private readonly Weight _weight;
    private readonly Tensor _x;
    private readonly Tensor _y;

    /// <summary>Random operands.</summary>
    public GemmCase(GemmShape shape, Workers workers)
    {
        (_shape, _workers) = (shape, workers);
        _weight = new Weight("w", shape.Out, shape.In);
        _weight.Train();
        _x = _arena.Allocate(shape.Rows, shape.In);
        _y = _arena.Allocate(shape.Rows, shape.Out);
        Reset();
    }

    /// <summary>The products by name.</summary>
    public static IReadOnlyList<string> Products { get; } = ["y = x Wᵀ", "dx += dy W", "dW += dyᵀ x"];

    /// <summary>One call of ours.</summary>
    public void Ours(int product)
    {
        switch (product)
        {
            case 0: MatMul.Forward(_workers, _x, _weight, _y); break;
            case 1: MatMul.InputGradient(_workers, _y, _weight, _x); break;
            default: MatMul.WeightGradient(_workers, _y, _x, _weight); break;
        }
    }

    /// <summary>One call of the peer's.</summary>
    public void Peer(int product)
    {
        (int rows, int @out, int @in) = (_shape.Rows, _shape.Out, _shape.In);
        switch (product)
        {
            case 0: OpenBlas.Forward(rows, @out, @in, _x.Data, _weight.Data, _y.Data); break;
            case 1: OpenBlas.InputGradient(rows, @out, @in, _y.Data, _weight.Data, _x.Data); break;
            default: OpenBlas.WeightGradient(rows, @out, @in, _y.Data, _x.Data, _weight.GradData); break;
        }
    }

    /// <summary>Largest difference between the two, in units of depth · 2⁻²³.</summary>
    public double Difference(int product)
    {
        Reset();
        Ours(product);
        float[] ours = Result(product).ToArray();
        Reset();
        Peer(product);
        ReadOnlySpan<float> peer = Result(product);
        double largest = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(ours[i] - peer[i]));
        }

        int depth = product switch { 0 => _shape.In, 1 => _shape.Out, _ => _shape.Rows };
        return largest / (depth * 1.2e-7);
    }

    /// <summary>Says that the weight has changed: the next call packs it again.</summary>
    public void Touch() => _weight.Touch();

    /// <summary>Fresh operands: repeated accumulation would end in infinities.</summary>
    public void Reset()
    {
        Fill(_weight.Values, "w");
        _weight.Grad.Clear();
        _weight.Touch();
        Fill(_x.Span, "x");
        Fill(_y.Span, "y");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _arena.Dispose();
    }

    private Span<float> Result(int product) => product switch { 0 => _y.Span, 1 => _x.Span, _ => _weight.Grad };

    private static void Fill(Span<float> values, string name)
    {
        CounterRandom random = new(1, name);
        foreach (ref float value in values)
        {
            value = random.NextSingle() - 0.5f;
        }
    }
}
