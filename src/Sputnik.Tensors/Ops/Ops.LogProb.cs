namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// log softmax(head · x[r] / temperature)[targets[r]], fused with the head over chunks of rows so that no logits of the
    /// whole batch exist; the backward pass computes them again, same bits. [rows, In] → [rows, 1]
    /// </summary>
    /// <param name="x">Final hidden states.</param>
    /// <param name="head">Output projection [vocabulary, In].</param>
    /// <param name="targets">Token asked for in each row.</param>
    /// <param name="temperature">Divides the logits, in rollouts and in training alike.</param>
    public Tensor LogProb(Tensor x, Weight head, int[] targets, float temperature = 1) => throw new NotImplementedException();
}
