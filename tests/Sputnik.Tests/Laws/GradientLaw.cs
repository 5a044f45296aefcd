using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Tests.Laws;

/// <summary>
/// The gradient a whole model gathers has the same bits in one batch, in micro-batches, with blocks kept or run again,
/// and on any number of threads. That it is the gradient is held word by word in Sputnik.Tests.Tensors.
/// </summary>
public sealed class GradientLaw
{
    public static TheoryData<string> Models => [.. TinyModels.Names];

    /// <summary>A tied head and embedding gather into one gradient in turns, so there the micro-batch shows.</summary>
    public static TheoryData<string> Untied => [.. TinyModels.Names.Where(name => !name.Contains("tied", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Untied))]
    public void Micro_batches_gather_what_the_batch_gathers(string name)
    {
        float[] whole = Gather(name, [[0, 1, 2]]);

        float[] parts = Gather(name, [[0], [1, 2]]);

        SameBits.Assert(whole, parts);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Threads_gather_the_same(string name)
    {
        float[] one = Gather(name, [[0, 1]]);

        float[] three = Gather(name, [[0, 1]], threads: 3);

        SameBits.Assert(one, three);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Blocks_run_again_gather_what_kept_blocks_gather(string name)
    {
        float[] kept = Gather(name, [[0, 1]]);

        float[] again = Gather(name, [[0, 1]], recompute: true);

        SameBits.Assert(kept, again);
    }

    /// <summary>All gradients after learning from the numbered texts, one step for each group.</summary>
    internal static float[] Gather(string name, int[][] groups, int threads = 1, bool recompute = false)
    {
        using ILanguageModel model = TinyModels.Create(name);
        model.RecomputeBlocks = recompute;
        foreach (Weight weight in model.Weights)
        {
            weight.Train();
        }

        using Passes passes = new(model, threads, tape: true);
        foreach (int[] group in groups)
        {
            foreach (int text in group)
            {
                passes.Add(Passes.Text(model, text, 41 + (13 * text)), passes.Kv.Open(), 0);
            }

            passes.Learn();
        }

        foreach ((Weight weight, WeightDeclaration declaration) in model.Weights.Zip(model.Declarations))
        {
            // The bias of a selection is moved by a rule, not by a gradient.
            bool learns = declaration.Role != WeightRole.SelectionBias;
            Assert.True(weight.Grad.ContainsAnyExcept(0f) == learns, $"'{weight.Name}' gathered {(learns ? "nothing" : "something")}.");
        }

        return [.. model.Weights.SelectMany(weight => weight.Grad.ToArray())];
    }
}
