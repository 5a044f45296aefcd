using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The public edge of a forward pass.</summary>
internal static class ModelCheck
{
    public static void Input(ILanguageModel model, Ops op, Batch batch, KvCache kv)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(kv);
        if (batch.Rows == 0)
        {
            throw new ArgumentException("The batch has no rows.", nameof(batch));
        }

        if (kv.Shape != model.KvShape)
        {
            throw new ArgumentException($"The model needs a cache of {model.KvShape}, got {kv.Shape}.", nameof(kv));
        }

        foreach (int position in batch.Positions)
        {
            if ((uint)position >= (uint)model.MaxLength)
            {
                throw new ArgumentException($"The model has {model.MaxLength} positions, {position} asked.", nameof(batch));
            }
        }
    }
}
