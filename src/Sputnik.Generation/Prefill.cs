using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>The logits of a given text, position by position.</summary>
public static class Prefill
{
    // Rows of a chunk: logits of 150k entries for them take 40 MB.
    private const int ChunkRows = 64;

    /// <summary>Hands out the logits of every position in order. Chunks do not show in the bits.</summary>
    /// <param name="model">The network.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="tokens">Token ids; at most the model's positions.</param>
    /// <param name="row">Told position and logits. [vocabulary]</param>
    public static void Logits(ILanguageModel model, Workers workers, ReadOnlySpan<int> tokens, Action<int, ReadOnlySpan<float>> row)
    {
        if (tokens.IsEmpty || tokens.Length > model.MaxLength)
        {
            throw new ArgumentException($"The model reads 1 to {model.MaxLength} tokens, got {tokens.Length}.", nameof(tokens));
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)model.VocabularySize)
            {
                throw new ArgumentException($"Token {token} is not in the vocabulary of {model.VocabularySize}.", nameof(tokens));
            }
        }

        int pages = (tokens.Length + KvCache.PageKeys - 1) / KvCache.PageKeys;
        using var cache = new KvCache(model.KvShape, pages, sequences: 1, tokens.Length);
        using var arena = new Arena();
        var op = new Ops(arena, workers);
        var batch = new Batch(ChunkRows);
        int sequence = cache.Open();
        cache.Extend(sequence, tokens.Length);
        for (int start = 0; start < tokens.Length; start += ChunkRows)
        {
            arena.Reset();
            batch.Clear();
            batch.Add(tokens.Slice(start, Math.Min(ChunkRows, tokens.Length - start)), sequence, start);
            Tensor logits = op.Linear(model.Hidden(op, batch, cache), model.Head);
            for (int r = 0; r < logits.Rows; r++)
            {
                row(start + r, logits[r]);
            }
        }
    }
}
