using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Generation;

/// <summary>The logits of a given text, position by position.</summary>
public static class Prefill
{
    /// <summary>Hands out the logits of every position in order.</summary>
    /// <param name="model">The network.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="tokens">Token ids; at most the model's positions.</param>
    /// <param name="row">Told position and logits. [vocabulary]</param>
    public static void Logits(ILanguageModel model, Workers workers, ReadOnlySpan<int> tokens, Action<int, ReadOnlySpan<float>> row)
    {
        using var reader = new LogitsReader(model, workers, tokens.Length);
        reader.Begin(tokens);
        while (reader.HasMore)
        {
            LogitRows rows = reader.Read();
            for (int r = 0; r < rows.Count; r++)
            {
                row(rows.First + r, rows[r]);
            }
        }
    }
}
