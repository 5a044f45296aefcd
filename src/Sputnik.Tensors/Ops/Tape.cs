namespace Sputnik.Tensors;

/// <summary>What a step must undo, in order, and where gradients gather.</summary>
public sealed class Tape(Arena arena)
{
    private readonly List<Action> _undo = [];
    private readonly List<Tensor> _grads = [default];

    /// <summary>Runs <paramref name="undo"/> when the backward pass comes back to this point.</summary>
    public void Record(Action undo) => _undo.Add(undo);

    /// <summary>The gradient of a tensor of this tape: zeros when first asked for, then whatever was added. [Rows, Cols]</summary>
    public Tensor Grad(Tensor tensor)
    {
        if (tensor.Slot == 0)
        {
            throw new ArgumentException("The tensor is not on a tape.", nameof(tensor));
        }

        if (_grads[tensor.Slot].Rows == 0)
        {
            Tensor grad = arena.Allocate(tensor.Rows, tensor.Cols);
            grad.Span.Clear();
            _grads[tensor.Slot] = grad;
        }

        return _grads[tensor.Slot];
    }

    /// <summary>Whether anything has flowed into a tensor's gradient; where nothing has, an undo can return at once.</summary>
    public bool HasGrad(Tensor tensor) => tensor.Slot != 0 && _grads[tensor.Slot].Rows != 0;

    /// <summary>Adds <paramref name="seed"/> to the gradient of <paramref name="output"/> and undoes everything, last op first.</summary>
    public void Backward(Tensor output, ReadOnlySpan<float> seed)
    {
        Span<float> grad = Grad(output).Span;
        if (seed.Length != grad.Length)
        {
            throw new ArgumentException($"The output has {grad.Length} values, the seed {seed.Length}.", nameof(seed));
        }

        for (int i = 0; i < seed.Length; i++)
        {
            grad[i] += seed[i];
        }

        for (int i = _undo.Count - 1; i >= 0; i--)
        {
            _undo[i]();
        }
    }

    /// <summary>Forgets everything, for the next step.</summary>
    public void Clear()
    {
        _undo.Clear();
        _grads.RemoveRange(1, _grads.Count - 1);
    }

    /// <summary>A tensor of another tape on this one, too; what flows into it gathers in <paramref name="grad"/>.</summary>
    internal unsafe Tensor Adopt(Tensor tensor, Tensor grad)
    {
        _grads.Add(grad);
        return new(tensor.Data, tensor.Rows, tensor.Cols, _grads.Count - 1);
    }

    /// <summary>A place in the gradient table for a new tensor.</summary>
    internal int NewSlot()
    {
        _grads.Add(default);
        return _grads.Count - 1;
    }
}
