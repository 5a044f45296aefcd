using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Models;

/// <summary>How narrowly gates choose: the least distance between what is kept and what is not, groups and experts, over all layers.</summary>
internal static class RoutingMargins
{
    /// <summary>The margin of every position; infinite where nothing routes.</summary>
    public static double[] Of(ILanguageModel model, int[] tokens)
    {
        double[] margins = [.. Enumerable.Repeat(double.PositiveInfinity, tokens.Length)];
        (int groups, int kept) = model is DeepSeekV3Model { Config: { } c } ? (c.Groups, c.GroupsPerToken) : (1, 1);
        int layer = 0;
        using Arena arena = new();
        using Workers workers = new(2);
        using KvCache kv = new(model.KvShape, KvPages(tokens.Length), sequences: 1, tokens.Length);
        int sequence = kv.Open();
        kv.Extend(sequence, tokens.Length);
        Batch batch = new(tokens.Length);
        batch.Add(tokens, sequence);
        Ops op = new(arena, workers) { Routed = Gather };
        model.Hidden(op, batch, kv);
        return margins;

        void Gather(Routing routing)
        {
            float[]? bias = model.Routers[layer++].Bias?.Values.ToArray();
            for (int row = 0; row < tokens.Length; row++)
            {
                float[] scores = [.. routing.Affinities[row].ToArray().Select((s, i) => s + (bias?[i] ?? 0))];
                margins[row] = Math.Min(margins[row], Margin(scores, routing.Weights.Cols, groups, kept, bias is not null));
            }
        }
    }

    private static double Margin(float[] scores, int topK, int groups, int kept, bool sumOfTwo)
    {
        float[][] members = [.. scores.Chunk(scores.Length / groups)];
        float[][] ranked = [.. members.OrderByDescending(group => Score(group, sumOfTwo))];
        float[] open = [.. ranked.Take(kept).SelectMany(group => group).OrderDescending()];
        double between = open[topK - 1] - open[topK];
        return kept < groups ? Math.Min(between, Score(ranked[kept - 1], sumOfTwo) - Score(ranked[kept], sumOfTwo)) : between;
    }

    private static float Score(float[] group, bool sumOfTwo) => group.OrderDescending().Take(sumOfTwo ? 2 : 1).Sum();

    private static int KvPages(int length) => (length + KvCache.PageKeys - 1) / KvCache.PageKeys;
}
