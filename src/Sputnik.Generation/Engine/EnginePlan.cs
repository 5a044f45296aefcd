using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>What an engine needs of memory, known before it takes any.</summary>
public sealed record EnginePlan
{
    // A fresh arena's first block.
    private const long ActivationBytes = 64L << 20;

    /// <summary>Longest sequence, prompt and answer.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Pages of keys and values, shared by all sequences and the prefix cache.</summary>
    public required int Pages { get; init; }

    /// <summary>How keys and values are stored.</summary>
    public required KvType KvType { get; init; }

    /// <summary>Bytes of one page over all layers.</summary>
    public required long PageBytes { get; init; }

    /// <summary>Weights as they are stored; float32 weights are laid out once more for the kernels.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Activations and logits of a step whose prompts want log-probs.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>Memory of keys and values.</summary>
    public long KvBytes => Pages * PageBytes;

    /// <summary>All three.</summary>
    public long TotalBytes => WeightBytes + KvBytes + ScratchBytes;

    /// <summary>The plan for a model on this machine.</summary>
    public static EnginePlan Of(ILanguageModel model, EngineOptions options)
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        return Of(model, options, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
    }

    /// <summary>The plan for a model where so many bytes are free.</summary>
    public static EnginePlan Of(ILanguageModel model, EngineOptions options, long freeBytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        if (options.ContextTokens > model.MaxLength)
        {
            throw new ArgumentException($"ContextTokens must be at most the model's {model.MaxLength} positions, got {options.ContextTokens}.", nameof(options));
        }

        int context = options.ContextTokens == 0 ? Math.Min(4096, model.MaxLength) : options.ContextTokens;
        long pageBytes = model.KvShape.PageBytesAs(options.KvType);
        return new()
        {
            ContextTokens = context,
            Pages = PagesOf(pageBytes, context, options, freeBytes),
            KvType = options.KvType,
            PageBytes = pageBytes,
            WeightBytes = model.Weights.Sum(weight => weight.Out * weight.Format.RowBytes(weight.In)),
            ScratchBytes = ActivationBytes + (((long)options.MaxSequences + options.StepRows) * model.VocabularySize * sizeof(float)),
        };
    }

    /// <summary>The plan in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"weights {Mebibytes(WeightBytes)} MiB + keys and values {Mebibytes(KvBytes)} MiB ({Pages} pages of {KvCache.PageKeys} tokens, {KvType}, context {ContextTokens}) + scratch {Mebibytes(ScratchBytes)} MiB");

    private static int PagesOf(long pageBytes, int context, EngineOptions options, long freeBytes)
    {
        int one = KvCache.PagesFor(context);
        long wanted = (long)options.MaxSequences * one;
        if (options.KvBytes is not long bytes)
        {
            return (int)Math.Clamp(freeBytes / 4 / pageBytes, one, Math.Min(wanted, int.MaxValue));
        }

        return bytes / pageBytes >= one
            ? (int)Math.Min(bytes / pageBytes, int.MaxValue)
            : throw new ArgumentException($"KvBytes must hold one sequence of {context} tokens, {one * pageBytes} bytes at least, got {bytes}.", nameof(options));
    }

    private static long Mebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
