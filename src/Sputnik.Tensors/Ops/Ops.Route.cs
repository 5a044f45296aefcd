namespace Sputnik.Tensors;

public sealed partial class Ops
{
    /// <summary>
    /// Chooses each row's experts from gate logits: affinities σ(logits) or softmax, plus <paramref name="bias"/> for the
    /// choice only; the best groups by the sum of their top two (the maximum without a bias), others −∞; the top k of what is left;
    /// weights are the unbiased affinities, normalised if asked, times the routed scaling. Equal scores: the lower index.
    /// Source: DeepSeek-V3 (arXiv 2412.19437) §2.1.2 and its inference code. [rows, experts] → routing of [rows, top k]
    /// </summary>
    public Routing Route(Tensor logits, Weight? bias, RouterSettings settings) => throw new NotImplementedException();
}
