using Sputnik.Models;
using Sputnik.Tensors;

namespace Sputnik.Fuzz;

/// <summary>A model that could be opened is run: no file may make arithmetic fail, however senseless its values.</summary>
internal static class ModelUse
{
    private const int Tokens = 3;

    /// <summary>A forward pass of three tokens, or of as many as there are positions.</summary>
    public static void Forward(ILanguageModel model)
    {
        int count = Math.Min(Tokens, model.MaxLength);
        using Workers workers = new(1);
        using Arena arena = new();
        using KvCache kv = new(model.KvShape, pages: 1, sequences: 1, KvCache.PageKeys);
        Batch batch = new(count);
        int sequence = kv.Open();
        kv.Extend(sequence, count);
        batch.Add([.. Enumerable.Range(0, count).Select(i => (i * 7) % model.VocabularySize)], sequence);
        Ops op = new(arena, workers);
        _ = op.Linear(model.Hidden(op, batch, kv), model.Head).Span.ToArray();
    }
}
