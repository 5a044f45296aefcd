using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>The memory that running a model takes, in bytes: of one whose weights stay as they are stored.</summary>
/// <param name="Weights">
/// Weights laid out for products: as much as they take in the file, whose own pages can leave memory. Not in it: an embedding
/// that is not also the head, whose rows are read from the file, and what latent attention unfolds keys and values with, which
/// stands in float32, twice.
/// </param>
/// <param name="Cache">Keys and values of the sequences, float32.</param>
/// <param name="Scratch">Activations of one pass, an upper estimate.</param>
public sealed record MemoryPlan(long Weights, long Cache, long Scratch)
{
    // A prompt is read in passes of at most so many rows, logits are made for fewer.
    private const int PassRows = 2048;
    private const int LogitRows = 64;

    /// <summary>All of it.</summary>
    public long Total => Weights + Cache + Scratch;

    /// <summary>For sequences of a given length at once.</summary>
    public static MemoryPlan Of(ILanguageModel model, int context, int sequences = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(context);
        long pages = (context + KvCache.PageKeys - 1) / KvCache.PageKeys;
        IEnumerable<Weight> inside = model.Weights.Where(w => w != model.Head && w.Out != model.VocabularySize);
        long widest = inside.Select(w => (long)w.In + w.Out).DefaultIfEmpty(0).Max();

        // A block holds a few such pairs at a time: gate, up and their product; query, key, value and the mixed result.
        long scratch = (2 * widest * Math.Min(PassRows, context) + (long)LogitRows * model.VocabularySize) * sizeof(float);
        IEnumerable<Weight> held = model.Weights.Where((w, i) => model.Declarations[i].Role != WeightRole.Embedding || w == model.Head);
        return new(held.Sum(w => w.Out * w.Format.RowBytes(w.In)), pages * model.KvShape.PageBytes * sequences, scratch);
    }
}
