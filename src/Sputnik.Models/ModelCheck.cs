using Sputnik.Tensors;

namespace Sputnik.Models;

/// <summary>The public edges: of a forward pass, and of files that were read.</summary>
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

    // Published test models carried NaN here (TensorRT-Model-Connect #662); a choice by NaN is arbitrary.
    public static void SelectionBiases(ILanguageModel model, string path)
    {
        foreach (Router router in model.Routers)
        {
            foreach (float value in router.Bias is null ? [] : router.Bias.Values)
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidDataException($"{path}: the selection bias of layer {router.Layer} has the value {value}; it must be finite.");
                }
            }
        }
    }
}
