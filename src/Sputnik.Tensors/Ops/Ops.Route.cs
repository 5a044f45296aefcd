namespace Sputnik.Tensors;

public sealed partial class Ops
{
    // Floats' worth of work an expert's score costs: an exp, and a comparison for each of the top k.
    private const int RouteCost = 8;

    /// <summary>
    /// Chooses each row's experts from gate logits: affinities σ(logits) or softmax, plus <paramref name="bias"/> for the
    /// choice only; the best groups by the sum of their top two (the maximum without a bias), others −∞; the top k of what is left;
    /// weights are the unbiased affinities, normalised if asked, times the routed scaling. Equal scores: the lower index.
    /// Source: DeepSeek-V3 (arXiv 2412.19437) §2.1.2 and its inference code. [rows, experts] → routing of [rows, top k]
    /// </summary>
    public unsafe Routing Route(Tensor logits, Weight? bias, RouterSettings settings)
    {
        RouteShape shape = Check(logits, bias, settings);
        Tensor affinities = New(logits.Rows, shape.Experts);
        Tensor weights = New(logits.Rows, shape.TopK);
        int* chosen = (int*)arena.Floats((long)logits.Rows * shape.TopK);
        Routing routing = new(chosen, weights, affinities);
        workers.Share(new RouteJob(logits, bias == null ? null : bias.Data, shape, routing), logits.Rows, (long)shape.Experts * RouteCost);
        Routed?.Invoke(routing);
        if (tape is not null)
        {
            RecordRoute(tape, logits, shape, routing);
        }

        return routing;
    }

    private unsafe void RecordRoute(Tape tape, Tensor logits, RouteShape shape, Routing routing) => tape.Record(() =>
    {
        bool weighed = tape.HasGrad(routing.Weights);
        if (!weighed && !tape.HasGrad(routing.Affinities))
        {
            return;
        }

        float* dWeights = weighed ? tape.Grad(routing.Weights).Data : null;
        RouteGradientJob job = new(routing, shape, dWeights, tape.Grad(routing.Affinities), tape.Grad(logits));
        workers.Share(job, logits.Rows, (long)shape.Experts * RouteCost);
    });

    private static RouteShape Check(Tensor logits, Weight? bias, RouterSettings settings)
    {
        int experts = logits.Cols;
        if (bias is not null && bias.Count != experts)
        {
            throw new ArgumentException($"'{bias.Name}' has {bias.Count} values, the gate {experts} experts.", nameof(bias));
        }

        if (settings.Groups < 1 || experts % settings.Groups != 0 || settings.GroupsKept < 1 || settings.GroupsKept > settings.Groups)
        {
            throw new ArgumentException(
                $"{experts} experts cannot stand in {settings.Groups} equal groups of which {settings.GroupsKept} are kept.", nameof(settings));
        }

        int reachable = experts / settings.Groups * settings.GroupsKept;
        if (settings.TopK < 1 || settings.TopK > reachable)
        {
            throw new ArgumentException($"TopK is 1 to {reachable}, the experts of the kept groups, got {settings.TopK}.", nameof(settings));
        }

        return new(experts, settings.TopK, settings.Groups, settings.GroupsKept, settings.Sigmoid, settings.Normalise, settings.Scaling);
    }
}
