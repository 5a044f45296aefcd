using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>The logits of a given text, position by position.</summary>
public static class Prefill
{
    /// <summary>Hands out the logits of every position in order. Chunks do not show in the bits.</summary>
    /// <param name="model">The network.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="tokens">Token ids; at most the model's positions.</param>
    /// <param name="row">Told position and logits. [vocabulary]</param>
    /// <param name="kv">How keys and values are kept.</param>
    public static void Logits(ILanguageModel model, Workers workers, ReadOnlySpan<int> tokens, Action<int, ReadOnlySpan<float>> row, KvType kv = KvType.F32)
    {
        using ChunkedPrefill prefill = new(model, workers, tokens.Length, kv);
        prefill.Start(tokens.ToArray(), from: 0);
        while (prefill.Next())
        {
            for (int r = 0; r < prefill.Logits.Rows; r++)
            {
                row(prefill.Position + r, prefill.Logits[r]);
            }
        }
    }
}
